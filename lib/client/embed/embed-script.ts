// The inline script of /embed, which runs before any bundle has arrived: it applies the host's settings and
// offers a new tab where the frame cannot show the page.

/** How long a bundle may take before the new-tab fallback shows. */
const BUNDLE_TIMEOUT_MS = 10_000;
/** A host that floods the frame does not fill its memory. */
const MAX_EARLY_MESSAGES = 20;

export const FALLBACK_ID = 'way-out';

/** A frame without an origin of its own loads no style sheet, so these rules are inline. */
export const FALLBACK_STYLE = `.way-out{padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;text-align:center}
[data-blocked] .script-only{display:none}@media (scripting:none){.script-only{display:none}}`;

declare global {
  /** Messages from before the page listens; undefined once it does. */
  var earlyHostMessages: MessageEvent[] | undefined;
  /** Sets the host's settings again: React removes unknown attributes of html when it renders the document anew. */
  var applyHostSettings: (() => void) | undefined;
}

/** Inline script of the head. */
export const EMBED_SCRIPT = `(function(){
var settings = new URLSearchParams(location.search), data = document.documentElement.dataset;
(self.applyHostSettings = function () {
['theme', 'height', 'locale'].forEach(function (name) { if (settings.has(name)) data[name] = settings.get(name); });
})();
var early = self.earlyHostMessages = [];
addEventListener('message', function (event) { if (early.length < ${MAX_EARLY_MESSAGES}) early.push(event); });
function show() {
var wayOut = self.earlyHostMessages && document.getElementById('${FALLBACK_ID}');
if (!wayOut) return;
wayOut.querySelector('a').href = '/order' + location.hash;
wayOut.hidden = false;
data.blocked = '';
}
if (self.origin === 'null') addEventListener('DOMContentLoaded', show); else setTimeout(show, ${BUNDLE_TIMEOUT_MS});
})()`;
