import 'server-only';

/** A JSON text (RFC 8259) as UTF-8 bytes, in pieces so that large members are copied once. */
export type Json = readonly Uint8Array[];

const encoder = new TextEncoder();

export function toJson(value: unknown): Json {
  return [encoder.encode(JSON.stringify(value))];
}

/** A JSON object whose member values are JSON already. Members that are undefined are left out. */
export function toJsonObject(members: Record<string, Json | undefined>): Json {
  const pieces: Uint8Array[] = [];
  for (const [name, json] of Object.entries(members)) {
    if (json === undefined) continue;
    pieces.push(encoder.encode(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(name)}:`));
    pieces.push(...json);
  }
  if (pieces.length === 0) pieces.push(encoder.encode('{'));
  return [...pieces, encoder.encode('}')];
}

export function toByteLength(json: Json): number {
  return json.reduce((sum, piece) => sum + piece.length, 0);
}
