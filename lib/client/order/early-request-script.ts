import { LONG_HEADLINE_LENGTH } from '@/lib/order/headline';
import { INVISIBLE_IN_LINK, LINK_TOKEN, ORDER_PATH, REQUEST_TIMEOUT_MS } from './early-request';

// In its own file, because it is part of the HTML and not of the bundle. The event listener is outside the block:
// a closure inside would keep the response in memory.

/** Id of an element of the skeleton. It gets the headline as attribute data-text, and data-long if it is long. */
export const EARLY_HEADLINE_ID = 'early-headline';
/** In UTF-16 units: more than the two lines that the skeleton has space for. */
const ENOUGH_TEXT = 300;

/**
 * Inline module, which does not wait for style sheets. It reads the token from the fragment, requests the order and
 * puts the headline into the skeleton. After the paint it creates a first Intl formatter: only the first one is slow
 * (0.2 s on a slow phone), and the order would wait for it. If another link is opened before hydration it reloads the
 * page, because Next.js would restore the old fragment.
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
place.dataset.text = headline.slice(0, ${ENOUGH_TEXT});
if (headline.length > ${LONG_HEADLINE_LENGTH}) place.dataset.long = '';
requestAnimationFrame(() => setTimeout(() => new Intl.DateTimeFormat(undefined, {timeStyle: 'short'})));
}).catch(() => undefined);
}
addEventListener('hashchange', () => { if (self.earlyOrderRequest) location.reload(); });`;
