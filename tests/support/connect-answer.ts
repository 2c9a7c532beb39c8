// The documented answer, and functions that damage it.

export const message = {
  id: 123456789,
  order_id: 122233,
  created_at: '2021-01-01T00:00:00Z',
  recipient_id: 334354343,
  recipient_type: 'user',
  sender_id: 55655345,
  sender_type: 'driver',
  read: true,
  read_at: '2021-01-01T00:01:00Z',
  body: 'MessageBody',
  image: 'https://images.instacart.com/a.png',
};
const notice = {
  notification_id: 987654321,
  medium: 'sms',
  recipient_phone_number: '+14155550142',
  sent_from: '+14155550199',
  created_at: '2021-01-01T00:00:00Z',
  sent_at: '2021-01-01T00:00:01Z',
  delivered_at: '2021-01-01T00:00:02Z',
  body: 'Your order has been picked up.',
};
const person = { id: 15, display_name: 'Robert', avatar_url: '' };

export function composeBody() {
  const body = {
    chat_messages: [message, { ...message, id: 2, image: undefined }],
    lifecycle_messages: [notice, { ...notice, notification_id: 2 }],
    metadata: { customer: person, current_shopper: person, shoppers: [person], is_expired: false },
  };
  // Unlike structuredClone, JSON copies an object that occurs twice into two objects.
  return JSON.parse(JSON.stringify(body)) as typeof body;
}

export function edit(body: unknown, path: string, change: (parent: object, name: string) => void) {
  const names = path.split('.');
  const last = names.pop() ?? '';
  change(
    names.reduce<object>((node, name) => Object(Reflect.get(node, name)), Object(body)),
    last,
  );
  return body;
}

export const without = (path: string) => edit(composeBody(), path, Reflect.deleteProperty);
export const withValue = (path: string, value: unknown) =>
  edit(composeBody(), path, (parent, name) => Reflect.set(parent, name, value));
