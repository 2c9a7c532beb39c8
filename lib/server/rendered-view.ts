import 'server-only';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OrderView } from '@/lib/order/order-view';
import type { OrderSnapshot } from './to-order-view';

// Views as they are sent: serialised, hashed and compressed once for all who are told the same.

// What fits into one packet gains nothing.
const MIN_GZIP_BYTES = 1_024;
// Of one order at a time. While Connect throttles nearly every poll is told another pace.
const MAX_VIEWS = 8;

const compress = promisify(gzip);

type Moment = Pick<OrderView, 'stale'> & { asOfMs: number; pollAfterMs: number | undefined };

export type RenderedView = {
  /** Over what the customer sees: asOf moves with every reading and would make each answer new. */
  etag: string;
  text: string;
  /** Compresses it, for `zipped`; not what is too small to gain by it. */
  zip(): Promise<void>;
  needsZip(): boolean;
  zipped(): Uint8Array<ArrayBuffer> | undefined;
};

type Rendered = {
  json: string;
  hash: string;
  views: Map<string, RenderedView & { asOfMs: number }>;
};

export type RenderView = (
  snapshot: OrderSnapshot,
  isReadOnly: boolean,
  moment: Moment,
) => RenderedView;

/** Remembers as long as the snapshot is remembered. */
export function createViewRenderer(): RenderView {
  const full = new WeakMap<OrderSnapshot, Rendered>();
  const readOnly = new WeakMap<OrderSnapshot, Rendered>();

  return function render(snapshot, isReadOnly, moment) {
    const known = isReadOnly ? readOnly : full;
    const rendered = known.get(snapshot) ?? renderStanding(snapshot, isReadOnly);
    known.set(snapshot, rendered);
    const { asOfMs, stale, pollAfterMs } = moment;
    const key = `${stale} ${pollAfterMs}`;
    const view = rendered.views.get(key);
    if (view?.asOfMs === asOfMs) return view;
    const tail = { asOf: new Date(asOfMs).toISOString(), stale, pollAfterMs };
    const text = `${rendered.json.slice(0, -1)},${JSON.stringify(tail).slice(1)}`;
    const etag = view?.etag ?? `W/"${digest(`${rendered.hash} ${key}`).slice(0, 27)}"`;
    let bytes: Uint8Array<ArrayBuffer> | undefined;
    let zipping: Promise<void> | undefined;
    const renewed = {
      asOfMs,
      etag,
      text,
      zip: () =>
        (zipping ??=
          text.length < MIN_GZIP_BYTES
            ? Promise.resolve()
            : compress(text).then((zipped) => void (bytes = zipped))),
      needsZip: () => !bytes && text.length >= MIN_GZIP_BYTES,
      zipped: () => bytes,
    };
    if (!view && rendered.views.size >= MAX_VIEWS) rendered.views.clear();
    rendered.views.set(key, renewed);
    return renewed;
  };
}

function renderStanding(snapshot: OrderSnapshot, isReadOnly: boolean): Rendered {
  const { chatState: state, messages, unreadableCount, updates, people } = snapshot;
  const view: Pick<OrderView, 'chat' | 'updates' | 'people'> = {
    chat: {
      state,
      messages,
      canReply: state === 'open' && !isReadOnly,
      ...(unreadableCount > 0 && { unreadableCount }),
    },
    updates,
    people,
  };
  const json = JSON.stringify(view);
  return { json, hash: digest(json), views: new Map() };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
