import './assistant.css';
import {
  AssistantRuntimeProvider,
  MessagePrimitive,
  ThreadPrimitive,
  useExternalStoreRuntime,
  type ThreadMessageLike,
} from '@assistant-ui/react';
import { createRoot } from 'react-dom/client';
import type { BenchMessage } from './messages';
import { stage } from './stage';

const convertMessage = ({ id, at, from, body }: BenchMessage): ThreadMessageLike => ({
  id,
  createdAt: new Date(at),
  role: from === 'customer' ? 'user' : 'assistant',
  content: [{ type: 'text', text: body }],
});

// The library's template skips invisible rows too. A low size estimate would lose the end on an append.
function UserMessage() {
  return (
    <MessagePrimitive.Root className="flex justify-end py-2 [contain-intrinsic-size:auto_200px] [content-visibility:auto]">
      <div className="max-w-[85%] rounded-2xl bg-gray-100 px-4 py-2.5 wrap-break-word">
        <MessagePrimitive.Parts />
      </div>
    </MessagePrimitive.Root>
  );
}

function AssistantMessage() {
  return (
    <MessagePrimitive.Root className="py-2 [contain-intrinsic-size:auto_200px] [content-visibility:auto]">
      <div className="px-2 leading-relaxed wrap-break-word">
        <MessagePrimitive.Parts />
      </div>
    </MessagePrimitive.Root>
  );
}

function Chat({ messages }: { messages: readonly BenchMessage[] }) {
  const runtime = useExternalStoreRuntime({
    messages,
    convertMessage,
    onNew: () => Promise.resolve(),
  });
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root className="flex h-full flex-col">
        <ThreadPrimitive.Viewport className="flex flex-1 flex-col overflow-y-auto px-4">
          <div className="flex flex-col">
            <ThreadPrimitive.Messages>
              {({ message }) => (message.role === 'user' ? <UserMessage /> : <AssistantMessage />)}
            </ThreadPrimitive.Messages>
          </div>
        </ThreadPrimitive.Viewport>
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
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
