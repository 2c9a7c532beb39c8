import { expect, test } from 'vitest';
import { formatAbout, formatUntil, formatWindow } from '@/lib/order/window-text';
import { at } from '@/tests/support/sample-order';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { copy as spanish } from '@/lib/order/copy/es-US/order-page';
import { copy as french } from '@/lib/order/copy/fr-CA/order-page';

const nowMs = Date.parse(at('15:00'));

/** Replaces narrow, thin and no-break spaces, which differ between versions of ICU. */
function plain(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ');
}

test.each([
  ['today', at('14:00'), at('16:00'), 'today, 2 – 4 PM'],
  ['over noon', at('10:00'), at('13:00'), 'today, 10 AM – 1 PM'],
  ['with minutes at the start', at('14:30'), at('16:00'), 'today, 2:30 – 4:00 PM'],
  ['with minutes at the end', at('14:00'), at('15:15'), 'today, 2:00 – 3:15 PM'],
  ['tomorrow', at('14:00', '2026-11-21'), at('16:00', '2026-11-21'), 'tomorrow, 2 – 4 PM'],
  ['yesterday', at('14:00', '2026-11-19'), at('16:00', '2026-11-19'), 'yesterday, 2 – 4 PM'],
  [
    'on another day',
    at('14:00', '2026-11-30'),
    at('16:00', '2026-11-30'),
    'Monday, November 30, 2 – 4 PM',
  ],
  ['until midnight', at('22:00'), at('00:00', '2026-11-21'), 'today, 10 PM – 12 AM'],
  ['over midnight', at('22:00'), at('02:00', '2026-11-21'), 'Nov 20, 10 PM – Nov 21, 2 AM'],
])('a window %s', (_, from, to, expected) => {
  expect(plain(formatWindow({ from, to }, nowMs, copy))).toBe(expected);
});

test('a window is in the format of the locale', () => {
  const window = { from: at('14:00'), to: at('16:00') };
  expect(plain(formatWindow(window, nowMs, french))).toBe('aujourd’hui, 14 h – 16 h');
});

const messagesUntil = { french: 'Messages visibles jusqu’à', spanish: 'Mensajes visibles hasta' };

test.each([
  [french, at('14:30'), `${messagesUntil.french} aujourd’hui à 14\u00a0h\u00a030`],
  [french, at('14:30', '2026-11-30'), `${messagesUntil.french} le lundi 30 novembre à`],
  [spanish, at('14:30'), `${messagesUntil.spanish} hoy a las 2:30\u00a0p.m. aprox.`],
  [spanish, at('13:30'), `${messagesUntil.spanish} hoy a la 1:30\u00a0p.m. aprox.`],
  [
    spanish,
    at('10:00', '2026-11-30'),
    `${messagesUntil.spanish} el lunes, 30 de noviembre a las 10`,
  ],
])(
  '%#: a time of a day has its preposition and does not break before its unit',
  (copyOf, until, expected) => {
    const text = copyOf.window.messagesUntil(formatUntil(until, nowMs, copyOf));
    expect(text.replaceAll('\u202f', '\u00a0')).toContain(expected);
  },
);

test('a window without length is one time', () => {
  expect(plain(formatWindow({ from: at('14:00'), to: at('14:00') }, nowMs, copy))).toBe(
    'today, 2 PM',
  );
});

test.each([
  [at('20:00'), '8:00 PM today'],
  [at('20:15', '2026-11-21'), '8:15 PM tomorrow'],
  [at('20:15', '2026-11-19'), '8:15 PM yesterday'],
])('until %s: "%s"', (until, expected) => {
  expect(plain(formatUntil(until, nowMs, copy))).toBe(expected);
});

test.each([
  [at('15:59', '2026-11-21'), '3:30 PM tomorrow'],
  [at('15:30', '2026-11-21'), '3:30 PM tomorrow'],
  [at('15:29', '2026-11-21'), '3:00 PM tomorrow'],
  [at('00:10', '2026-11-21'), '12:00 AM tomorrow'],
])('about %s: "%s", rounded down to half an hour', (about, expected) => {
  expect(plain(formatAbout(about, nowMs, copy))).toBe(expected);
});

test('a day is that of the reader’s time zone', () => {
  // In UTC this is the next day.
  expect(plain(formatUntil(at('23:30'), nowMs, copy))).toBe('11:30 PM today');
});
