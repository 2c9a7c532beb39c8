import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
import { ChatContainer, MainContainer, Message, MessageList } from '@chatscope/chat-ui-kit-react';
import { createRoot } from 'react-dom/client';
import type { BenchMessage } from './messages';
import { stage } from './stage';

function Chat({ messages }: { messages: readonly BenchMessage[] }) {
  return (
    <MainContainer>
      <ChatContainer>
        <MessageList>
          {messages.map(({ id, at, from, body }) => (
            <Message
              key={id}
              model={{
                message: body,
                sentTime: at,
                sender: from === 'customer' ? 'Robin' : 'Zelma',
                direction: from === 'customer' ? 'outgoing' : 'incoming',
                position: 'single',
              }}
            />
          ))}
        </MessageList>
      </ChatContainer>
    </MainContainer>
  );
}

stage((box, given) => {
  const root = createRoot(box);
  let messages = given;
  root.render(<Chat messages={messages} />);
  return (message) => {
    messages = [...messages, message];
    root.render(<Chat messages={messages} />);
  };
});
