import 'server-only';
import { Problem } from '@/lib/order/problem';

const MAX_BODY_BYTES = 8_192;

/**
 * Parses the request's body as JSON. Throws Problem unsupported_media_type, too_large (more than 8 KiB, which is
 * not read further) or invalid_request.
 */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Problem('unsupported_media_type');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let byteCount = 0;
  try {
    for await (const chunk of request.body ?? []) {
      byteCount += chunk.byteLength;
      if (byteCount > MAX_BODY_BYTES) throw new Problem('too_large');
      text += decoder.decode(chunk, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch (cause) {
    throw cause instanceof Problem ? cause : new Problem('invalid_request', { cause });
  }
}
