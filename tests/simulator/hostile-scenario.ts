import { minuteMs, toTimestamp } from './clock';
import type { OrderChanges } from './order-changes';
import { customer, phoneNumbers, shoppers } from './people';

const unknownFields = { unknown_field: { nested: ['anything', null, 1e21] }, constructor: 'x' };

/** Texts by name, so that a test can use one of them. */
export const hostileTexts = {
  script: '<script>document.title="owned"</script><b>bold</b>',
  imageTag: '<img src=x onerror="document.title=\'owned\'"><svg onload=alert(1)>',
  javascriptUrl: 'javascript:alert(document.domain) and JaVaScRiPt&colon;alert(1)',
  dataUrl: 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  markdown: '[click me](javascript:alert(1)) ![x](https://evil.example/x.png)',
  template: '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= 1 %>',
  closingTags: '</textarea></title></style></script>--><plaintext>',
  bidi: 'Total \u202e00.001$\u202c, \u2066left\u2069 and \u200fmark\u200e, \u202dforced\u202c',
  zalgo: `Z${'\u0300\u0336\u0489\u035d\u0321'.repeat(100)}algo`,
  longWord: 'Donaudampfschifffahrt'.repeat(30),
  fiveThousand: 'All work and no play. '.repeat(228).slice(0, 5_000).padEnd(5_000, '.'),
  loneSurrogates: 'high \ud800 low \udc00 end',
  arabic: 'مرحبا، هل الموز الأخضر مناسب؟ السعر 3.99',
  hebrew: 'שלום, האם תותים רגילים בסדר? (2 קופסאות)',
  emoji: '👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍🚀 🇫🇷 1️⃣ ❤️‍🔥',
  controls: 'nul \u0000 bell \u0007 escape \u001b[31mred\u001b[0m c1 \u0085\u009b line\u2028break',
  links: 'See https://www.example.com/aisle?a=1&b=<2> or call +1 (415) 555-0123.',
  disguisedLink: 'https://www.instacart.com@evil.example/login http://example.com/plain',
  empty: '',
  blank: ' \n\t \u00a0 ',
  newlines: `first\n${'\n'.repeat(60)}last`,
  formula: '=HYPERLINK("https://evil.example","x")',
  prototype: '__proto__',
};

const hostileImages = [
  'javascript:alert(1)',
  'http://images.example.com/plain.png',
  'https://evil.example/track.png?order=1',
  'https://user:secret@images.instacart.com/a.png',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  '//evil.example/x.png',
  'not a url',
  '',
];

/** The order has hostile values in every field that is not needed to show its progress. */
export const hostileOrder: OrderChanges = {
  pickupCategory: hostileTexts.imageTag,
  extra: { ...unknownFields, id: hostileTexts.script, store_name: hostileTexts.bidi },
};

/** An answer in the documented shape with a hostile text in each string. */
export function composeHostileBody(nowMs: number, pictureBase: string) {
  const texts = Object.values(hostileTexts);
  const firstAtMs = nowMs - texts.length * minuteMs;
  return {
    ...unknownFields,
    chat_messages: texts.map((body, index) => {
      const fromCustomer = index % 4 === 3;
      return {
        ...unknownFields,
        id: 700_000_000 + index,
        order_id: 122_233,
        created_at: toTimestamp(firstAtMs + index * minuteMs),
        recipient_id: fromCustomer ? shoppers.zelma.id : customer.id,
        recipient_type: fromCustomer ? 'driver' : 'user',
        sender_id: fromCustomer ? customer.id : shoppers.zelma.id,
        sender_type: fromCustomer ? 'user' : index === 2 ? 'support_robot' : 'driver',
        read: false,
        body,
        ...(index < hostileImages.length && { image: hostileImages[index] }),
      };
    }),
    lifecycle_messages: [
      toHostileNotice(0, 'sms', hostileTexts.script),
      toHostileNotice(1, 'carrier_pigeon', hostileTexts.bidi),
      toHostileNotice(2, '<b>push</b>', hostileTexts.imageTag),
      toHostileNotice(3, 'push', hostileTexts.zalgo),
      toHostileNotice(4, 'email', hostileTexts.longWord),
    ],
    metadata: {
      ...unknownFields,
      customer: {
        ...unknownFields,
        id: customer.id,
        display_name: '"><script>1</script>',
        avatar_url: '',
      },
      current_shopper: {
        ...unknownFields,
        id: shoppers.zelma.id,
        display_name: '\u202eamleZ <img src=x onerror=alert(1)> \ud800',
        avatar_url: 'javascript:alert(1)',
      },
      shoppers: [
        {
          ...unknownFields,
          id: shoppers.zelma.id,
          display_name: '\u202eamleZ <img src=x onerror=alert(1)> \ud800',
          avatar_url: 'javascript:alert(1)',
        },
        {
          id: shoppers.amida.id,
          display_name: '',
          avatar_url: `${pictureBase}/pictures/missing.svg`,
        },
        { id: shoppers.rosalind.id, display_name: 'R'.repeat(300) },
      ],
      is_expired: false,
    },
  };

  function toHostileNotice(index: number, medium: string, body: string) {
    const atMs = firstAtMs + index * 3 * minuteMs;
    return {
      ...unknownFields,
      notification_id: 800_000_000 + index,
      medium,
      ...(medium === 'sms' && {
        recipient_phone_number: phoneNumbers.customer,
        sent_from: phoneNumbers.sender,
      }),
      created_at: toTimestamp(atMs),
      sent_at: toTimestamp(atMs),
      // The field may be absent, although the documentation lists it as required.
      ...(medium !== 'email' && { delivered_at: toTimestamp(atMs) }),
      body,
      image: hostileImages[index],
    };
  }
}
