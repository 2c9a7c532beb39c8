import { randomUUID } from 'node:crypto';
import { toTimestamp } from '@/tests/simulator/clock';

// Unique words in place of personal and secret values. No word may be found outside its place.

const word = (name: string) => `canary-${name}-${randomUUID().slice(0, 8)}`;

export const secrets = {
  linkKey: `canary-link-key-${randomUUID().slice(0, 16)}`,
  oldLinkKey: `canary-old-key--${randomUUID().slice(0, 16)}`,
  apiKey: word('api-key'),
  clientSecret: 'demo-secret',
  clientId: 'demo-client',
};

/** Values that the customer's page shows. */
export const shown = {
  customerName: word('customer-name'),
  shopperName: word('shopper-name'),
  otherShopperName: word('other-shopper-name'),
  shopperText: word('shopper-text'),
  customerText: word('customer-text'),
  unknownSenderText: word('unknown-sender-text'),
  noticeText: word('notice-text'),
};

/** Values of Connect that are not shown. */
export const hidden = {
  customerPhone: '+14155557301',
  senderPhone: '+14155557302',
  street: word('street'),
  email: `${word('email')}@mail.example`,
  note: word('unknown-note'),
  nested: word('unknown-nested'),
  imageUrl: `https://evil.example/${word('image')}`,
  avatarUrl: `https://evil.example/${word('avatar')}`,
  errorText: word('error-text'),
  brokenText: word('broken-text'),
};

/** Values that a customer's browser or an attacker sends. */
export const sent = {
  userId: word('user'),
  otherUserId: word('other-user'),
  orderId: word('order'),
  message: word('message'),
  refusedMessage: word('refused-message'),
  vehicleModel: word('model'),
  // Plates have at most 20 characters.
  plate: `plate-${randomUUID().slice(0, 8)}`,
  badToken: word('bad-token'),
  cookie: word('cookie'),
  query: word('query'),
  userAgent: word('user-agent'),
  address: '203.0.113.73',
};

export const canaries = Object.values({ ...secrets, ...shown, ...hidden, ...sent });

/** Connect's answer for an order, with canaries in its fields. */
export function composeCanaryBody(nowMs: number) {
  const extra = { address: { street: hidden.street, email: hidden.email }, note: hidden.note };
  const person = (id: number, name: string) => ({
    id,
    display_name: name,
    avatar_url: hidden.avatarUrl,
    phone_number: hidden.customerPhone,
    ...extra,
  });
  const message = (id: number, from: string, body: string) => ({
    id,
    order_id: 1,
    created_at: toTimestamp(nowMs - 60_000 + id),
    recipient_id: 8,
    recipient_type: 'user',
    sender_id: from === 'user' ? 8 : 9,
    sender_type: from,
    read: false,
    body,
    image: hidden.imageUrl,
    ...extra,
  });
  return {
    debug: { deep: [hidden.nested] },
    chat_messages: [
      message(1, 'driver', shown.shopperText),
      message(2, 'user', shown.customerText),
      message(3, hidden.note, shown.unknownSenderText),
      { ...message(4, 'driver', hidden.brokenText), created_at: hidden.brokenText },
    ],
    lifecycle_messages: [
      {
        notification_id: 5,
        medium: 'sms',
        recipient_phone_number: hidden.customerPhone,
        sent_from: hidden.senderPhone,
        created_at: toTimestamp(nowMs - 120_000),
        sent_at: toTimestamp(nowMs - 120_000),
        body: shown.noticeText,
        image: hidden.imageUrl,
        ...extra,
      },
    ],
    metadata: {
      customer: person(8, shown.customerName),
      current_shopper: person(9, shown.shopperName),
      shoppers: [person(9, shown.shopperName), person(10, shown.otherShopperName)],
      is_expired: false,
      ...extra,
    },
  };
}

/** The canaries in a text, including their hex, URL and base64 encodings. */
export function findCanaries(text: string, wanted: readonly string[]): string[] {
  return wanted.filter((canary) => encodings(canary).some((encoding) => text.includes(encoding)));
}

// Base64 of a text depends on its position modulo three bytes. The characters that adjacent bytes affect are cut.
function encodings(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    return text.slice(shift === 0 ? 0 : shift + 1, -3);
  });
  return [canary, bytes.toString('hex'), encodeURIComponent(canary), ...base64];
}
