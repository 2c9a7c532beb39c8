import { hourMs } from './clock';
import { inSeconds, type Script } from './order-script';

const messageCount = 1_000;
const spanSeconds = (6 * hourMs) / 1_000;
const things = ['oat milk', 'basil', 'lemons', 'rye bread', 'yoghurt', 'coffee', 'red onions'];

/** A thread of 1,000 messages, more than a real thread has. */
export const longScript: Script = {
  ageMs: 6 * hourMs,
  steps: [
    inSeconds.shopper(0, 'zelma'),
    inSeconds.order(0, {
      state: 'picking',
      window: { startsInMs: 6 * hourMs, endsInMs: 8 * hourMs },
    }),
    inSeconds.notice(0, 'Your shopper is picking your order.', ['sms', 'push']),
    ...Array.from({ length: messageCount }, (_, index) => {
      const atSeconds = Math.floor(((index + 1) / messageCount) * (spanSeconds - 60));
      const thing = things[index % things.length] ?? 'bread';
      return index % 3 === 2
        ? inSeconds.fromCustomer(atSeconds, `${index + 1}: yes to the ${thing}, thank you.`)
        : inSeconds.fromShopper(
            atSeconds,
            `${index + 1}: I found the ${thing}${index % 5 === 0 ? ' on the very last shelf, behind a row of boxes that somebody left there' : ''}.`,
            {
              readAfterMs: 15_000,
              ...(index % 97 === 0 && { image: '/pictures/photo/bananas.svg' }),
            },
          );
    }),
  ],
};
