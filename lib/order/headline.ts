/** A latest update with more UTF-16 units is set in smaller type. */
export const LONG_HEADLINE_LENGTH = 60;
