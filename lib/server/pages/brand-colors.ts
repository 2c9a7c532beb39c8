import 'server-only';
import { clampChroma, converter, formatHex, wcagContrast, type Oklch } from 'culori';
import { toCautionColors, type CautionColors } from './caution-colors';
import { SURFACE_COLORS } from './surface-colors';

// Derives accessible colours from any brand colour (WCAG 2.2, 1.4.3 and 1.4.11).

const NEUTRAL_BRAND = '#24564a';
const TEXT_CONTRAST = 4.5;
const EDGE_CONTRAST = 3;
/** Differences of lightness in OKLCH, between 0 and 1. */
const HOVER_STEP = 0.05;
const PRESSED_STEP = 0.1;
// Differences between darker colours are hardly visible.
const LEAST_DARKENED = 0.25;
const LEAST_LIGHTENED = 0.2;
const toOklch = converter('oklch');

/** Colours as #rrggbb. */
export type BrandColors = {
  /** Background and text of the customer's bubbles and of primary buttons. */
  surface: string;
  onSurface: string;
  /** Backgrounds of a button under the pointer and of a pressed button. */
  hover: string;
  pressed: string;
  /** Links and marks on the page, by theme. */
  onLight: string;
  onDark: string;
  /** Edges of brand surfaces, by theme: the surface itself, if it contrasts with the page. */
  edgeOnLight: string;
  edgeOnDark: string;
  caution: CautionColors;
};

/**
 * Texts have a contrast of at least 4.5:1 on their backgrounds, edges of at least 3:1. `color`: a CSS colour; without
 * one a neutral colour is used.
 */
export function toBrandColors(color: string | undefined): BrandColors {
  const brand = toOklch(color) ?? toOklch(NEUTRAL_BRAND) ?? { mode: 'oklch', l: 0.4, c: 0 };
  const surface = toHex(brand);
  const onSurface = wcagContrast(surface, '#fff') >= TEXT_CONTRAST ? '#ffffff' : '#000000';
  const [light, dark] = [Object.values(SURFACE_COLORS.light), Object.values(SURFACE_COLORS.dark)];
  return {
    surface,
    onSurface,
    ...toButtonStates(brand, onSurface),
    onLight: contrastWith(light, TEXT_CONTRAST, brand, -0.01),
    onDark: contrastWith(dark, TEXT_CONTRAST, brand, 0.01),
    edgeOnLight: contrastWith(light, EDGE_CONTRAST, brand, -0.01),
    edgeOnDark: contrastWith(dark, EDGE_CONTRAST, brand, 0.01),
    caution: toCautionColors(brand),
  };
}

/** Returns a CSS rule that sets the custom properties which app/styles/palette.css uses. */
export function toBrandStyle(color: string | undefined): string {
  const { caution, ...brand } = toBrandColors(color);
  const properties = {
    brand: brand.surface,
    'on-brand': brand.onSurface,
    'brand-hover': brand.hover,
    'brand-pressed': brand.pressed,
    'brand-on-light': brand.onLight,
    'brand-on-dark': brand.onDark,
    'brand-edge-on-light': brand.edgeOnLight,
    'brand-edge-on-dark': brand.edgeOnDark,
    'caution-on-light': caution.light.surface,
    'caution-ink-on-light': caution.light.ink,
    'caution-on-dark': caution.dark.surface,
    'caution-ink-on-dark': caution.dark.ink,
  };
  const declarations = Object.entries(properties).map(([name, value]) => `--${name}:${value}`);
  return `:root{${declarations.join(';')}}`;
}

/** Darker than the surface where that is visible and keeps the text readable, otherwise lighter. */
function toButtonStates(brand: Oklch, onSurface: string): { hover: string; pressed: string } {
  const darken = (step: number) => toHex({ ...brand, l: brand.l - step });
  const lighten = (step: number) =>
    toHex({ ...brand, l: Math.min(1, Math.max(LEAST_LIGHTENED, brand.l) + step) });
  const mayDarken =
    brand.l > LEAST_DARKENED && wcagContrast(darken(PRESSED_STEP), onSurface) >= TEXT_CONTRAST;
  const shift = mayDarken ? darken : lighten;
  return { hover: shift(HOVER_STEP), pressed: shift(PRESSED_STEP) };
}

/** The colour nearest in lightness to `brand` that has the contrast with every background. */
function contrastWith(
  backgrounds: readonly string[],
  contrast: number,
  brand: Oklch,
  lightnessStep: number,
): string {
  for (let l = brand.l; l > 0 && l < 1; l += lightnessStep) {
    const hex = toHex({ ...brand, l });
    if (backgrounds.every((background) => wcagContrast(hex, background) >= contrast)) return hex;
  }
  return lightnessStep < 0 ? '#000000' : '#ffffff';
}

function toHex(color: Oklch): string {
  return formatHex(clampChroma({ ...color, alpha: 1 }, 'oklch')) ?? NEUTRAL_BRAND;
}
