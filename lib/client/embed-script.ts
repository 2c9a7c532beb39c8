// What /embed does before any bundle has arrived: takes the host's wishes, and shows a way out of a frame
// in which the page cannot live.

/** How long a bundle may take before the way out shows. */
const PATIENCE_MS = 10_000;
/** A host that floods the frame does not fill its memory. */
const MAX_EARLY_MESSAGES = 20;

export const WAY_OUT_ID = 'way-out';

/** A frame without an origin of its own loads no style sheet either, so this stands in the page. */
export const WAY_OUT_STYLE = `.way-out{padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;text-align:center}
[data-blocked] .script-only{display:none}@media (scripting:none){.script-only{display:none}}`;

declare global {
  /** What came before anyone could listen; absent once somebody does. */
  var earlyHostMessages: MessageEvent[] | undefined;
}

/** Inline script, to stand behind the element WAY_OUT_ID, whose link it completes with the token. */
export const EMBED_SCRIPT = `(function(){
var wishes = new URLSearchParams(location.search), data = document.documentElement.dataset;
['theme', 'height', 'locale'].forEach(function (name) { if (wishes.has(name)) data[name] = wishes.get(name); });
var early = self.earlyHostMessages = [];
addEventListener('message', function (event) { if (early.length < ${MAX_EARLY_MESSAGES}) early.push(event); });
var wayOut = document.getElementById('${WAY_OUT_ID}');
wayOut.querySelector('a').href += location.hash;
function show() { if (self.earlyHostMessages) { wayOut.hidden = false; data.blocked = ''; } }
if (self.origin === 'null') show(); else setTimeout(show, ${PATIENCE_MS});
})()`;
