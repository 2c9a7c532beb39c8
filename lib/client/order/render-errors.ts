import {
  MAX_RENDER_ERRORS,
  toRenderErrorName,
  type RenderErrorName,
} from '@/lib/order/render-error';

let names: RenderErrorName[] = [];

/** Keeps the name of an error for the next poll. Its message and stack stay in the browser. */
export function recordRenderError(error: unknown): void {
  names = [...names, toRenderErrorName(Object(error).name)].slice(-MAX_RENDER_ERRORS);
}

/** The names since the last call, as the value of a header; empty if there are none. */
export function takeRenderErrors(): string {
  const taken = names.join();
  names = [];
  return taken;
}
