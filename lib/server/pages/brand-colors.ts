import 'server-only';
import { clampChroma, converter, formatHex, wcagContrast, type Oklch } from 'culori';
import { SURFACE_COLORS } from './surface-colors';

// Derives accessible colours from any brand colour: a surface with readable text, and a text colour per theme.

const NEUTRAL_BRAND = '#24564a';
const TEXT_CONTRAST = 4.5;
const toOklch = converter('oklch');

/** Colours as #rrggbb. */
export type BrandColors = {
  /** Background and text of the customer's bubbles. */
  surface: string;
  onSurface: string;
  /** Links and marks on the page, by theme. */
  onLight: string;
  onDark: string;
};

/**
 * Text colours have a contrast of at least 4.5:1 on their background (WCAG 2.2, 1.4.3). `color`: a CSS colour; without
 * one a neutral colour is used.
 */
export function toBrandColors(color: string | undefined): BrandColors {
  const brand = toOklch(color) ?? toOklch(NEUTRAL_BRAND) ?? { mode: 'oklch', l: 0.4, c: 0 };
  const surface = toHex(brand);
  return {
    surface,
    onSurface: wcagContrast(surface, '#fff') >= TEXT_CONTRAST ? '#ffffff' : '#000000',
    onLight: readableOn(Object.values(SURFACE_COLORS.light), brand, -0.01),
    onDark: readableOn(Object.values(SURFACE_COLORS.dark), brand, 0.01),
  };
}

/** Returns a CSS rule that sets the custom properties which app/globals.css uses for the brand. */
export function toBrandStyle(color: string | undefined): string {
  const { surface, onSurface, onLight, onDark } = toBrandColors(color);
  return `:root{--brand:${surface};--on-brand:${onSurface};--brand-on-light:${onLight};--brand-on-dark:${onDark}}`;
}

function readableOn(pages: readonly string[], brand: Oklch, lightnessStep: number): string {
  for (let l = brand.l; l > 0 && l < 1; l += lightnessStep) {
    const hex = toHex({ ...brand, l });
    if (pages.every((page) => wcagContrast(hex, page) >= TEXT_CONTRAST)) return hex;
  }
  return lightnessStep < 0 ? '#000000' : '#ffffff';
}

function toHex(color: Oklch): string {
  return formatHex(clampChroma({ ...color, alpha: 1 }, 'oklch')) ?? NEUTRAL_BRAND;
}
