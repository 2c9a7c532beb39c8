import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { LONG_HEADLINE_LENGTH, MAX_HEADLINE_NAME_LENGTH } from '@/lib/order/headline';
import { INVISIBLE_IN_LINK, LINK_TOKEN, ORDER_PATH, REQUEST_TIMEOUT_MS } from './early-request';

// The script has its own file, because it is part of the HTML and not of the bundle. The event listener is outside the
// block, because a closure inside the block would keep the response in memory.

const SPLIT = '\ufffc';
/** Id of an element of the skeleton. It gets the headline as attribute data-text, with data-stage for a stage and data-long for a long update. */
export const EARLY_HEADLINE_ID = 'early-headline';
/** In UTF-16 units. The skeleton shows two lines, which have fewer characters. */
const MAX_TEXT_LENGTH = 300;

/**
 * Inline module: requests the order of the fragment and puts the headline into the skeleton, before style sheets load.
 * After the paint it creates an Intl formatter, because the first one takes 0.2 s on a slow phone and would delay the
 * order. A link in another language gets no headline here, because only the copy of the HTML's is known. A new link before hydration reloads the page, because Next.js would restore the old fragment.
 */
export function toEarlyRequestScript({ locale, status }: OrderCopy): string {
  // A sentence in parts: the name goes between them, isolated by U+2068 and U+2069 as by <bdi>.
  const namedHeadlines = Object.fromEntries(
    Object.entries(status.namedHeadlines).map(([stage, of]) => [stage, of(SPLIT).split(SPLIT)]),
  );
  const [language = ''] = locale.split('-', 1);
  return `
const token = ${LINK_TOKEN}.exec(location.hash.replace(${INVISIBLE_IN_LINK}, ''))?.[1];
if (token && !('earlyOrderRequest' in self)) {
const answer = fetch('${ORDER_PATH}', {headers: {authorization: 'Bearer ' + token}, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(${REQUEST_TIMEOUT_MS})})
.then(async (response) => ({response, body: await response.json()}));
const early = self.earlyOrderRequest = {token, answer};
answer.then((arrived) => {
if (self.earlyOrderRequest !== early) return;
early.arrived = arrived;
const {order, people, updates} = arrived.body ?? {};
const name = people?.shoppers?.find(({id}) => id === people.currentShopperId)?.name;
const named = name && name.length <= ${MAX_HEADLINE_NAME_LENGTH} && ${JSON.stringify(namedHeadlines)}[order?.stage];
const isOurLanguage = /^${language}\\b|^$/i.test(arrived.response.headers.get('content-language') ?? '');
const stage = !isOurLanguage ? undefined : named ? named.join('\u2068' + name + '\u2069') : order?.stage === 'done' && order.type === 'pickup' ? ${JSON.stringify(status.pickedUp)} : ${JSON.stringify(status.headlines)}[order?.stage];
const headline = stage ?? (isOurLanguage || !order ? updates?.at(-1)?.body : undefined);
const place = document.getElementById('${EARLY_HEADLINE_ID}');
if (!headline || !place) return;
place.dataset.text = headline.slice(0, ${MAX_TEXT_LENGTH});
if (stage) place.dataset.stage = '';
else if (headline.length > ${LONG_HEADLINE_LENGTH}) place.dataset.long = '';
requestAnimationFrame(() => setTimeout(() => new Intl.DateTimeFormat('${locale}', {timeStyle: 'short'})));
}).catch(() => undefined);
}
addEventListener('hashchange', () => { if (self.earlyOrderRequest) location.reload(); });`;
}
