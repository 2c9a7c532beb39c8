// The chat that every subject shows: two messages of each side alternately, one per minute.

export type BenchMessage = { id: string; at: string; from: 'customer' | 'shopper'; body: string };

const LINES = [
  'I am at the store now and will start with the vegetables.',
  'The ripe avocados are out, would the firm ones be all right?',
  'Yes, firm ones are fine. If there are none at all, take a bag of lemons instead, please.',
  'Thank you!',
  'Found them.',
  'They have the oat milk only in the one litre carton, shall I take two of those?',
  'Two cartons, please, and the unsweetened one if they have it',
  'And a rye bread, sliced',
];
const STEP_MS = 60_000;

/** A text that its number makes unique on a page. */
export function makeBody(index: number): string {
  return `${LINES[index % LINES.length] ?? ''} (${index})`;
}

/** Message `index` of a chat that started at `firstAtMs`. */
export function makeMessage(index: number, firstAtMs: number): BenchMessage {
  return {
    id: `message-${index}`,
    at: new Date(firstAtMs + index * STEP_MS).toISOString(),
    from: index % 4 < 2 ? 'shopper' : 'customer',
    body: makeBody(index),
  };
}
