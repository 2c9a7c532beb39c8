import { readFileSync } from 'node:fs';
import { converter, wcagContrast } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBrandColors, toBrandStyle, type BrandColors } from '@/lib/server/pages/brand-colors';
import { SURFACE_COLORS } from '@/lib/server/pages/surface-colors';

const HEX = /#[0-9a-f]{6}/g;
const palette = readFileSync('app/styles/palette.css', 'utf8');
const toOklch = converter('oklch');

/** The two values of a colour in the style sheet. */
function readPalette(name: string): { light: string; dark: string } {
  const [light = '', dark = ''] = [...palette.matchAll(new RegExp(`--${name}: (#\\w+)`, 'g'))].map(
    ([, value = '']) => value,
  );
  return { light, dark };
}

type Pair = [name: string, color: string, background: string, least: number];

/** Every pair of colours that the page uses in a theme, with the contrast that WCAG 2.2 asks for. */
function listPairs(colors: BrandColors, theme: 'light' | 'dark'): Pair[] {
  const { surface, onSurface, hover, pressed, caution } = colors;
  const { page, card, bubble } = SURFACE_COLORS[theme];
  const [ink, quiet, line] = ['ink', 'quiet', 'line'].map((name) => readPalette(name)[theme]);
  if (!ink || !quiet || !line) throw new Error('app/styles/palette.css lacks a colour');
  const brandText = theme === 'light' ? colors.onLight : colors.onDark;
  const edge = theme === 'light' ? colors.edgeOnLight : colors.edgeOnDark;
  const warning = caution[theme];
  const texts = (name: string, color: string, backgrounds: string[]) =>
    backgrounds.map((background): Pair => [`${name} on ${background}`, color, background, 4.5]);
  const marks = (name: string, color: string, backgrounds: string[]) =>
    backgrounds.map((background): Pair => [`${name} on ${background}`, color, background, 3]);
  return [
    ...texts('text of buttons, bubbles and counts', onSurface, [surface, hover, pressed]),
    ...texts('link', brandText, [page, card, bubble]),
    ...texts('text', ink, [page, card, bubble, line]),
    ...texts('quiet text', quiet, [page, card, bubble]),
    ...texts('button to new messages', card, [ink]),
    ...texts('warning', warning.ink, [warning.surface, page, card, bubble]),
    ...marks('edge of a button, bubble or count', edge, [page, card, bubble]),
    ...marks('focus ring, icon or underline', brandText, [page, card, bubble]),
    ...marks('focus ring of a field', ink, [page, card]),
    ...marks('done part of a step', brandText, [line]),
    ...marks('focus ring in a bubble', onSurface, [surface]),
    ...marks('focus ring in a warning', warning.ink, [warning.surface]),
    ...marks('hollow mark or icon', quiet, [page, card, bubble]),
  ];
}

function expectReadable(colors: BrandColors) {
  const { caution, ...brand } = colors;
  for (const color of Object.values(brand)) expect(color).toMatch(/^#[0-9a-f]{6}$/);
  for (const theme of ['light', 'dark'] as const)
    for (const [name, color, background, least] of listPairs({ caution, ...brand }, theme))
      expect(wcagContrast(color, background), `${theme}: ${name}`).toBeGreaterThanOrEqual(least);
  expect(new Set([brand.surface, brand.hover, brand.pressed]).size).toBe(3);
}

const anyColor = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('every pair of colours in use has enough contrast with any brand colour', () => {
  fc.assert(
    fc.property(anyColor, (hex) => expectReadable(toBrandColors(hex))),
    { numRuns: 1_000 },
  );
}, 30_000);

test.each([
  undefined,
  '#000',
  '#fff',
  '#808080',
  '#ff0',
  '#ffc400',
  'red',
  '#c8102e',
  'transparent',
  '#1f6b4500',
  'hsl(152 50% 30%)',
  'rgb(none 20 300)',
  'oklch(0.9 0.4 150)',
  'oklch(2 0 0)',
  'lab(50 -900 900)',
  'color(display-p3 0 1 0)',
])('with the brand colour %s every pair of colours in use has enough contrast', (color) => {
  expectReadable(toBrandColors(color));
});

/** Degrees between two hues; undefined if one of the colours is grey. */
function hueDistance(one: string, other: string): number | undefined {
  const [a, b] = [toOklch(one), toOklch(other)];
  if (a?.h === undefined || b?.h === undefined || a.c < 0.04) return undefined;
  const difference = Math.abs(a.h - b.h);
  return Math.min(difference, 360 - difference);
}

test('warnings have another hue than the brand, whatever its colour', () => {
  fc.assert(
    fc.property(anyColor, (hex) => {
      const { caution } = toBrandColors(hex);
      for (const { ink } of Object.values(caution))
        expect(hueDistance(hex, ink) ?? 360, hex).toBeGreaterThan(20);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['red', 'amber', '#5b4204'],
  ['#ffc400', 'red', '#8a1f11'],
  ['#ff0', 'red', '#8a1f11'],
  ['#808080', 'amber', '#5b4204'],
  ['#1f6b45', 'amber', '#5b4204'],
])('beside the brand colour %s warnings are %s', (color, _, ink) => {
  expect(toBrandColors(color).caution.light.ink).toBe(ink);
});

test('a brand colour that is already readable is unchanged', () => {
  expect(toBrandColors('#1f6b45')).toMatchObject({
    surface: '#1f6b45',
    onSurface: '#ffffff',
    onLight: '#1f6b45',
    edgeOnLight: '#1f6b45',
  });
});

test('the style sets custom properties to plain hex colours and nothing else', () => {
  expect(toBrandStyle('#1f6b45')).toMatch(/^:root\{(--[\w-]+:#[0-9a-f]{6};?){12}\}$/);
  expect(toBrandStyle('#1f6b45').match(HEX)).toHaveLength(12);
});

test.each([
  ['#ff0', { surface: '#ffff00', onSurface: '#000000', onLight: '#707000', onDark: '#ffff00' }],
  ['#777', { surface: '#777777', onSurface: '#000000', onLight: '#6b6b6b', onDark: '#959595' }],
  ['#000', { surface: '#000000', onSurface: '#ffffff', onLight: '#000000', onDark: '#ffffff' }],
  ['#fff', { surface: '#ffffff', onSurface: '#000000', onLight: '#000000', onDark: '#ffffff' }],
])('text in the brand colour %s is changed in lightness only as far as needed', (color, colors) => {
  expect(toBrandColors(color)).toMatchObject(colors);
});
