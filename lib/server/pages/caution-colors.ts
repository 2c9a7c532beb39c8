import 'server-only';
import type { Oklch } from 'culori';

// The colours of warnings. They are amber, or red beside a brand of about the same hue as amber.

/** Colours as #rrggbb, per theme: a surface, and the text on it, which is readable on the page as well. */
export type CautionColors = Record<'light' | 'dark', { surface: string; ink: string }>;

const AMBER: CautionColors = {
  light: { surface: '#fdf1d6', ink: '#5b4204' },
  dark: { surface: '#3a2f12', ink: '#f6dfa4' },
};
const RED: CautionColors = {
  light: { surface: '#fde8e4', ink: '#8a1f11' },
  dark: { surface: '#42190f', ink: '#ffc9bd' },
};

/** Hues in OKLCH, in degrees. Amber is at 86 and red at 31. */
const NEAR_AMBER = { from: 58, to: 126 };
/** A colour of less chroma looks grey, so its hue resembles no warning. */
const LEAST_CHROMA = 0.04;

/** The warnings of a store with the colour `brand`. */
export function toCautionColors({ c, h = 0 }: Oklch): CautionColors {
  return c >= LEAST_CHROMA && h > NEAR_AMBER.from && h < NEAR_AMBER.to ? RED : AMBER;
}
