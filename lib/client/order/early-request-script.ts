import { LONG_HEADLINE_LENGTH } from '@/lib/order/headline';
import { INVISIBLE_IN_LINK, LINK_TOKEN, ORDER_PATH, REQUEST_TIMEOUT_MS } from './early-request';

// Apart, because it is a part of the HTML and not of the bundle. What listens stands outside the block, whose
// answer it would keep in memory.

/** In the skeleton: gets the headline as its attribute data-text, and data-long if it is long. */
export const EARLY_HEADLINE_ID = 'early-headline';
/** More than two lines, which is all that there is room for. */
const ENOUGH_TEXT = 300;

/**
 * Inline module, which waits for no style sheet: reads the token from the fragment, asks for the order at
 * once, and puts its headline into the skeleton. Once that is painted it makes a first clock: of all that
 * are made the first alone takes long, 0.2 s on a slow phone, which otherwise the order would wait for.
 * Another link that is opened before the page is in charge loads it anew: Next would put the old one back.
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
