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

/** A channel as the answer to a query makes it, without the query. */
function makeChannel(client: StreamChat, messages: readonly BenchMessage[]) {
  const answer = {
    channel: { id: 'order', type: 'messaging', cid: CID, disabled: false, frozen: false },
    members: Object.values(people).map((user) => ({ user, user_id: user.id })),
    messages: messages.map(toStream),
    pinned_messages: [],
  };
  // One less than was asked for, so that there is nothing earlier to fetch.
  const options = { message_limit: messages.length + 1 };
  const [channel] = client.hydrateActiveChannels([answer], {}, options);
  if (!channel) throw new Error('There is no channel');
  return channel;
}

stage((box, messages) => {
  const client = new StreamChat('bench');
  // What connectUser does, but for the connection.
  client._setUser(people.customer);
  client.wsPromise = Promise.resolve();
  // Of its two lists the one that its documentation names for long histories, the quicker one at 50 too.
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
