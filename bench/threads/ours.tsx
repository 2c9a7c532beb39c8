import { createRoot } from 'react-dom/client';
import { OrderCopyContext } from '@/lib/client/copy/order-copy';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Thread } from '@/components/chat/thread';
import type { People } from '@/lib/order/order-view';
import type { BenchMessage } from './messages';
import { stage } from './stage';

const people: People = {
  customer: { name: 'Robin' },
  shoppers: [{ id: 'zelma', name: 'Zelma' }],
  currentShopperId: 'zelma',
};

const toOurs = (message: BenchMessage) => ({
  ...message,
  read: true,
  ...(message.from === 'shopper' && { shopperId: 'zelma' }),
});

const ignore = () => undefined;

stage((box, given) => {
  const root = createRoot(box);
  let messages = given.map(toOurs);
  function render() {
    root.render(
      <OrderCopyContext value={copy}>
        <Thread messages={messages} people={people} onSendAgain={ignore} onRemove={ignore} />
      </OrderCopyContext>,
    );
  }
  render();
  return (message) => {
    messages = [...messages, toOurs(message)];
    render();
  };
});
