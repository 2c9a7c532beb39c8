import { wcagContrast } from 'culori';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBrandColors, toBrandStyle, type BrandColors } from '@/lib/server/pages/brand-colors';

const HEX = /^#[0-9a-f]{6}$/;

function expectReadable(colors: BrandColors) {
  const { surface, onSurface, onLight, onDark } = colors;
  for (const color of Object.values(colors)) expect(color).toMatch(HEX);
  expect(wcagContrast(surface, onSurface)).toBeGreaterThanOrEqual(4.5);
  for (const page of ['#f7f7f4', '#ffffff'])
    expect(wcagContrast(onLight, page)).toBeGreaterThanOrEqual(4.5);
  for (const page of ['#111311', '#1a1c1a'])
    expect(wcagContrast(onDark, page)).toBeGreaterThanOrEqual(4.5);
}

test('text in and on any brand colour has a contrast of at least 4.5', () => {
  const color = fc
    .integer({ min: 0, max: 0xffffff })
    .map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(color, (hex) => expectReadable(toBrandColors(hex))),
    { numRuns: 5_000 },
  );
}, 30_000);

test.each([
  undefined,
  '#000',
  '#fff',
  '#ff0',
  'red',
  'transparent',
  '#1f6b4500',
  'hsl(152 50% 30%)',
  'rgb(none 20 300)',
  'oklch(0.9 0.4 150)',
  'oklch(2 0 0)',
  'lab(50 -900 900)',
  'color(display-p3 0 1 0)',
])('brand colour %s gives readable colours', (color) => {
  expectReadable(toBrandColors(color));
});

test('a brand colour that is already readable is unchanged', () => {
  expect(toBrandColors('#1f6b45')).toMatchObject({
    surface: '#1f6b45',
    onSurface: '#ffffff',
    onLight: '#1f6b45',
  });
});

test('the style sets custom properties to plain hex colours and nothing else', () => {
  expect(toBrandStyle('#1f6b45')).toMatch(/^:root\{(--[\w-]+:#[0-9a-f]{6};?){4}\}$/);
});

test.each([
  ['#ff0', { surface: '#ffff00', onSurface: '#000000', onLight: '#737300', onDark: '#ffff00' }],
  ['#777', { surface: '#777777', onSurface: '#000000', onLight: '#717171', onDark: '#838383' }],
  ['#000', { surface: '#000000', onSurface: '#ffffff', onLight: '#000000', onDark: '#ffffff' }],
  ['#fff', { surface: '#ffffff', onSurface: '#000000', onLight: '#000000', onDark: '#ffffff' }],
])('text in the brand colour %s is changed in lightness only as far as needed', (color, colors) => {
  expect(toBrandColors(color)).toEqual(colors);
});
