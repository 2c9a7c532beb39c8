import { parseUrl } from '@/lib/order/parse-url';
import type { EmbedFacts } from './check-rows';
import { toSettings } from './embed-host';

// Reads the properties of the frame that the embed check shows.

declare global {
  var policyViolations: string[] | undefined;
}

const MAX_VIOLATIONS = 20;

/** Inline script: records the violations of the page's Content-Security-Policy from the start. */
export const VIOLATIONS_SCRIPT = `(function(){
var seen = self.policyViolations = [];
addEventListener('securitypolicyviolation', function (event) {
if (seen.length < ${MAX_VIOLATIONS}) seen.push(event.effectiveDirective + ': ' + event.blockedURI);
});
})()`;

/** Returns the origins of the host pages that the browser exposes. */
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

/** Calls `onHandshake` for each settings message of embed.js. It accepts every origin, because the check reports it. */
export function listenForHandshake(
  onHandshake: (handshake: NonNullable<EmbedFacts['handshake']>) => void,
): () => void {
  function onMessage({ source, origin, data }: MessageEvent): void {
    const settings = source === parent && parent !== self ? toSettings(data) : undefined;
    if (settings) onHandshake({ origin, ...settings });
  }
  globalThis.earlyHostMessages?.forEach(onMessage);
  addEventListener('message', onMessage);
  return () => removeEventListener('message', onMessage);
}
