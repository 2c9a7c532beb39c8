// Copy of the embed check, whose readers are developers.

export const checkCopy = {
  title: 'Embed check',
  intro: 'Diagnostics for developers. Shows no order data.',
  verdicts: { ok: 'OK', note: 'Note', problem: 'Problem' },
  frame: {
    subject: 'Frame',
    framed: 'This page is in a frame, and scripts run in it.',
    notFramed:
      'This page is not in a frame. Put <order-status check></order-status> where the order is to be.',
  },
  origin: {
    subject: 'Framing origin',
    unknown:
      'This browser does not report which site frames the page. With embed.js it would be known.',
    allowed: (origins: string) => `${origins}: allowed by EMBED_ORIGINS.`,
    missing: (origins: string) =>
      `Not in EMBED_ORIGINS: ${origins}. Orders will not show here until each is added.`,
  },
  handshake: {
    subject: 'Handshake with embed.js',
    none: 'No message yet. A plain <iframe> works too, with a height of its own and without events.',
    done: (origin: string, theme: string, locale: string) =>
      `Version 1 with ${origin}: theme ${theme}, locale ${locale}.`,
    customersLocale: 'of the customer',
  },
  height: {
    subject: 'Height',
    auto: 'auto: the frame follows its content.',
    fixed: 'fixed: the thread scrolls in the frame.',
    own: 'set by your page: the thread scrolls in it.',
  },
  server: {
    subject: 'Server',
    asking: 'Waiting for an answer…',
    answers: 'It answers from within the frame.',
    silent: 'It does not answer from within the frame.',
  },
  storage: {
    subject: 'Storage',
    available: 'Available, and not used.',
    blocked: 'Blocked by the browser. It is not needed.',
  },
  cookies: {
    subject: 'Cookies',
    available: 'Available, and not used.',
    blocked: 'Blocked by the browser. They are not needed.',
  },
  violations: {
    subject: 'Policy violations in the frame',
    none: 'None seen. Those of your own page are in its console.',
  },
  size: {
    subject: 'Size',
    pixels: (width: number, height: number) => `${width} × ${height} CSS pixels.`,
  },
};

export type CheckCopy = typeof checkCopy;
