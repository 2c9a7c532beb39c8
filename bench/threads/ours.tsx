import { createRoot } from 'react-dom/client';
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
      <Thread messages={messages} people={people} onSendAgain={ignore} onRemove={ignore} />,
    );
  }
  render();
  return (message) => {
    messages = [...messages, toOurs(message)];
    render();
  };
});
