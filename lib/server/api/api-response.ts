import 'server-only';
import { FastResponse } from 'srvx/node';

export type HeaderEntries = [name: string, value: string][];

type Body = string | Uint8Array<ArrayBuffer> | null;

/** A web-standard Response that keeps its parts: reading the body as a stream would more than double a poll's cost. */
export class ApiResponse extends FastResponse {
  readonly #headers: HeaderEntries;
  readonly #body: Body;

  constructor(status: number, headers: HeaderEntries, body: Body = null) {
    super(body, { status, headers });
    this.#headers = headers;
    this.#body = body;
  }

  /** The arguments of `ServerResponse.writeHead` (names and values alternate) and of `end`. */
  toNodeParts(): { headers: string[]; body: Body } {
    const headers = this.#headers.flat();
    if (this.#body !== null) headers.push('content-length', String(Buffer.byteLength(this.#body)));
    return { headers, body: this.#body };
  }
}
