// The Trusted Types policy that the page's CSP requires. It allows scripts of the build and the one literal that React
// needs to create a script element, and refuses everything else.
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
