import 'stream-chat-react/dist/css/index.css';
import { createRoot } from 'react-dom/client';
import { StreamChat, type MessageResponse, type UserResponse } from 'stream-chat';
import { Channel, Chat, VirtualizedMessageList, Window } from 'stream-chat-react';
import type { BenchMessage } from './messages';
import { stage } from './stage';

const CID = 'messaging:order';
const people: Record<BenchMessage['from'], UserResponse> = {
  customer: { id: 'robin', name: 'Robin' },
  shopper: { id: 'zelma', name: 'Zelma' },
};

const toStream = ({ id, at, from, body }: BenchMessage): MessageResponse => ({
  id,
  cid: CID,
  type: 'regular',
  text: body,
  user: people[from],
  created_at: at,
  updated_at: at,
});

/** Creates a channel as the answer to a query does, without the query. */
function makeChannel(client: StreamChat, messages: readonly BenchMessage[]) {
  const answer = {
    channel: { id: 'order', type: 'messaging', cid: CID, disabled: false, frozen: false },
    members: Object.values(people).map((user) => ({ user, user_id: user.id })),
    messages: messages.map(toStream),
    pinned_messages: [],
  };
  // One message less than requested, so that no earlier messages are fetched.
  const options = { message_limit: messages.length + 1 };
  const [channel] = client.hydrateActiveChannels([answer], {}, options);
  if (!channel) throw new Error('There is no channel');
  return channel;
}

stage((box, messages) => {
  const client = new StreamChat('bench');
  // Does the work of connectUser except for the connection.
  client._setUser(people.customer);
  client.wsPromise = Promise.resolve();
  // The list that the documentation recommends for long histories, which is also the faster one at 50.
  createRoot(box).render(
    <Chat client={client}>
      <Channel channel={makeChannel(client, messages)}>
        <Window>
          <VirtualizedMessageList />
        </Window>
      </Channel>
    </Chat>,
  );
  return (message) =>
    client.dispatchEvent({
      type: 'message.new',
      cid: CID,
      user: people[message.from],
      created_at: message.at,
      message: toStream(message),
    });
});
