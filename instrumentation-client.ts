// The Trusted Types policy that the page's CSP asks for: our own chunks, and the one literal that
// React needs to create a script element. Everything else that wants to become code is refused.
declare global {
  var trustedTypes:
    | {
        createPolicy?: (
          name: string,
          rules: Record<'createScriptURL' | 'createHTML', (value: string) => string | null>,
        ) => unknown;
      }
    | undefined;
}

globalThis.trustedTypes?.createPolicy?.('default', {
  createScriptURL(value) {
    const { origin, pathname } = new URL(value, location.origin);
    return origin === location.origin && pathname.startsWith('/_next/static/') ? value : null;
  },
  createHTML: (value) => (value === '<script></script>' ? value : null),
});

export {};
