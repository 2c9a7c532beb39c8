// The inline script of /embed, which runs before any bundle has loaded. It applies the host's settings and shows the
// new-tab fallback if the frame cannot show the page.

/** The new-tab fallback is shown if the bundle has not loaded after this time. */
const BUNDLE_TIMEOUT_MS = 10_000;
/** Limits the memory that a host which floods the frame with messages can fill. */
const MAX_EARLY_MESSAGES = 20;
/** Larger corners would cut texts. */
const MAX_RADIUS_PX = 32;
const MAX_FONT_LENGTH = 200;

export const FALLBACK_ID = 'new-tab';

/** A sandboxed frame with an opaque origin loads no style sheet, so these rules are inline. */
export const FALLBACK_STYLE = `.new-tab{padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;text-align:center}
[data-blocked] .script-only{display:none}@media (scripting:none){.script-only{display:none}}`;

declare global {
  /** Messages that arrived before the page listens; undefined as soon as the page listens. */
  var earlyHostMessages: MessageEvent[] | undefined;
  /**
   * Applies the host's settings, or the last ones again: React removes unknown attributes of html if it renders the document
   * again. Values of the look come from outside, so those that are not understood are left out here.
   */
  var applyHostSettings: ((settings?: object) => void) | undefined;
}

/** Inline script for the document's head. */
export const EMBED_SCRIPT = `(function(){
var root = document.documentElement, data = root.dataset;
var last = Object.fromEntries(new URLSearchParams(location.search));
function choose(name, known) { if (last[name] === known) data[name] = known; else delete data[name]; }
function text(name) { return typeof last[name] === 'string' ? last[name] : ''; }
function set(name, value) { root.style.setProperty(name, value); }
(self.applyHostSettings = function (settings) {
last = settings || last;
['theme', 'height', 'locale'].forEach(function (name) { if (name in last) data[name] = last[name]; });
choose('surface', 'transparent');
choose('density', 'compact');
var font = text('font'), radius = text('radius');
set('--font', /^[^(){};\\\\]{1,${MAX_FONT_LENGTH}}$/.test(font) && CSS.supports('font-family', font + ',a') ? font : '');
set('--radius', /^\\d+(px)?$/.test(radius) ? Math.min(parseInt(radius), ${MAX_RADIUS_PX}) + 'px' : '');
})();
var early = self.earlyHostMessages = [];
addEventListener('message', function (event) { if (early.length < ${MAX_EARLY_MESSAGES}) early.push(event); });
function show() {
var fallback = self.earlyHostMessages && document.getElementById('${FALLBACK_ID}');
if (!fallback) return;
fallback.querySelector('a').href = '/order' + location.hash;
fallback.hidden = false;
data.blocked = '';
}
if (self.origin === 'null') addEventListener('DOMContentLoaded', show); else setTimeout(show, ${BUNDLE_TIMEOUT_MS});
})()`;
