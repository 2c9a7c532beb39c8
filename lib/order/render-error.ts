// Names of render errors. The list is closed, because the name of an error can be any text.

export const RENDER_ERROR_NAMES = [
  'Error',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'NotFoundError',
  'HierarchyRequestError',
  'other',
] as const;

export type RenderErrorName = (typeof RENDER_ERROR_NAMES)[number];

/** Request header of a poll: the names of the render errors since the last poll, separated by commas. */
export const RENDER_ERRORS_HEADER = 'render-errors';
/** Names counted per poll. */
export const MAX_RENDER_ERRORS = 4;

export function toRenderErrorName(name: unknown): RenderErrorName {
  return RENDER_ERROR_NAMES.find((known) => known === name) ?? 'other';
}
