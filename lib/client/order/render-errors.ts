import {
  MAX_RENDER_ERRORS,
  toRenderErrorName,
  type RenderErrorName,
} from '@/lib/order/render-error';

let names: RenderErrorName[] = [];

/** Stores the name of an error for the next poll. Message and stack are not sent. */
export function recordRenderError(error: unknown): void {
  names = [...names, toRenderErrorName(Object(error).name)].slice(-MAX_RENDER_ERRORS);
}

/** Returns the names since the last call as a header value; empty if there are none. */
export function takeRenderErrors(): string {
  const header = names.join();
  names = [];
  return header;
}
