import 'server-only';

const TOKEN = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}]/g;

/**
 * Returns the numbers of the lines of valid JSON on which an object repeats the name of a field. JSON.parse keeps the
 * last of them in silence.
 */
export function findRepeatedFields(json: string): number[] {
  const openObjects: Set<string>[] = [];
  const lines: number[] = [];
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    if (token === '{') openObjects.push(new Set());
    else if (token === '}') openObjects.pop();
    else if (token.endsWith(':')) {
      const name: unknown = JSON.parse(token.slice(0, -1));
      const names = openObjects.at(-1);
      if (typeof name !== 'string' || !names) continue;
      if (names.has(name)) lines.push(json.slice(0, index).split('\n').length);
      names.add(name);
    }
  }
  return lines;
}
