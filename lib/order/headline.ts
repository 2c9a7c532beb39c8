/** Characters from which on the latest update is set in smaller type. */
export const LONG_HEADLINE_LENGTH = 60;
