import type { EmbedFacts } from '@/lib/order/copy/en-US/embed-check';
import { parseUrl } from '@/lib/order/parse-url';
import { toSettings } from './embed-host';

// What a page in a frame can find out about the frame, for the embed check.

declare global {
  var policyViolations: string[] | undefined;
}

const MAX_VIOLATIONS = 20;

/** Inline script: what the page's own policy has stopped, from the first moment on. */
export const VIOLATIONS_SCRIPT = `(function(){
var seen = self.policyViolations = [];
addEventListener('securitypolicyviolation', function (event) {
if (seen.length < ${MAX_VIOLATIONS}) seen.push(event.effectiveDirective + ': ' + event.blockedURI);
});
})()`;

/** The host's origin as far as it can be known without its help. */
function toAncestors(): string[] {
  if (location.ancestorOrigins) return [...location.ancestorOrigins];
  const referrer = parseUrl(document.referrer);
  return referrer ? [referrer.origin] : [];
}

function canStore(): boolean {
  try {
    return localStorage.length + sessionStorage.length >= 0;
  } catch {
    return false;
  }
}

export function readDiagnostics(): EmbedFacts {
  return {
    isFramed: parent !== self,
    ancestors: toAncestors(),
    hasStorage: canStore(),
    hasCookies: navigator.cookieEnabled,
    violations: [...(globalThis.policyViolations ?? [])],
    widthPx: innerWidth,
    heightPx: innerHeight,
  };
}

/** Calls back with each greeting of embed.js, from whatever origin: the check is there to judge it. */
export function onHandshake(
  onHandshake: (handshake: NonNullable<EmbedFacts['handshake']>) => void,
): () => void {
  function hear({ source, origin, data }: MessageEvent): void {
    const settings = source === parent && parent !== self ? toSettings(data) : undefined;
    if (settings) onHandshake({ origin, ...settings });
  }
  globalThis.earlyHostMessages?.forEach(hear);
  addEventListener('message', hear);
  return () => removeEventListener('message', hear);
}
