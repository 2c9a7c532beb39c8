import { LONG_HEADLINE_LENGTH } from '@/lib/order/headline';
import { INVISIBLE_IN_LINK, LINK_TOKEN, ORDER_PATH, REQUEST_TIMEOUT_MS } from './early-request';

// The script has its own file, because it is part of the HTML and not of the bundle. The event listener is outside the
// block, because a closure inside the block would keep the response in memory.

/** Id of an element of the skeleton. It gets the headline as attribute data-text, and data-long if it is long. */
export const EARLY_HEADLINE_ID = 'early-headline';
/** In UTF-16 units. The skeleton shows two lines, which have fewer characters. */
const MAX_TEXT_LENGTH = 300;

/**
 * Inline module: requests the order of the fragment and puts the headline into the skeleton, before style sheets load.
 * After the paint it creates an Intl formatter, because the first one takes 0.2 s on a slow phone and would delay the
 * order. A new link before hydration reloads the page, because Next.js would restore the old fragment.
 */
export const EARLY_REQUEST_SCRIPT = `
const token = ${LINK_TOKEN}.exec(location.hash.replace(${INVISIBLE_IN_LINK}, ''))?.[1];
if (token && !('earlyOrderRequest' in self)) {
const answer = fetch('${ORDER_PATH}', {headers: {authorization: 'Bearer ' + token}, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(${REQUEST_TIMEOUT_MS})})
.then(async (response) => ({response, body: await response.json()}));
const early = self.earlyOrderRequest = {token, answer};
answer.then((arrived) => {
if (self.earlyOrderRequest !== early) return;
early.arrived = arrived;
const headline = arrived.body?.updates?.at(-1)?.body;
const place = document.getElementById('${EARLY_HEADLINE_ID}');
if (!headline || !place) return;
place.dataset.text = headline.slice(0, ${MAX_TEXT_LENGTH});
if (headline.length > ${LONG_HEADLINE_LENGTH}) place.dataset.long = '';
requestAnimationFrame(() => setTimeout(() => new Intl.DateTimeFormat(undefined, {timeStyle: 'short'})));
}).catch(() => undefined);
}
addEventListener('hashchange', () => { if (self.earlyOrderRequest) location.reload(); });`;
