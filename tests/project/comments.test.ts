import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** A comment names its subject first, so it does not start with one of these words. */
const FORBIDDEN_STARTS = /^(What|Who|Whoever|Whatever|Of|So that|Those|All that)\b/;
const METAPHORS =
  /\b(doors?|nobody('s)?|the house|wears?|told of|hears?|stands for itself|goes? out)\b/i;

const sources = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.js', '*.css'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path) && !path.startsWith('tests/project/comments'));

/** The texts of the comments of a file, without their marks. Adjacent line comments are one text. */
function readComments(code: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.JSX, code);
  const comments: { text: string; end: number; isLine: boolean }[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isLine = kind === ts.SyntaxKind.SingleLineCommentTrivia;
    if (!isLine && kind !== ts.SyntaxKind.MultiLineCommentTrivia) continue;
    const text = scanner
      .getTokenText()
      .replace(/^(\/\/|\/\*+)\s*|\s*\*+\/$/g, '')
      .replace(/\n\s*\*\s?/g, ' ');
    const last = comments.at(-1);
    const isNext =
      last?.isLine && isLine && /^\n[ \t]*$/.test(code.slice(last.end, scanner.getTokenStart()));
    if (last && isNext)
      Object.assign(last, { text: `${last.text} ${text}`, end: scanner.getTokenEnd() });
    else comments.push({ text, end: scanner.getTokenEnd(), isLine });
  }
  return comments.map(({ text }) => text.trim());
}

const findFaults = (code: string) =>
  readComments(code).filter((text) => FORBIDDEN_STARTS.test(text) || METAPHORS.test(text));

test('every comment of the project names its subject first and uses no metaphor', () => {
  const faults = sources.flatMap((path) =>
    findFaults(readFileSync(path, 'utf8')).map((text) => `${path}: ${text}`),
  );
  expect(faults).toEqual([]);
});

test('a comment that starts with a forbidden word or has a metaphor is found', () => {
  const code =
    "// What is kept.\nconst a = '// Who'; /** A server that is told of each. */\n// Plain text\n// Who follows.\n/* It hears of a change. */";
  expect(findFaults(code)).toEqual([
    'What is kept.',
    'A server that is told of each.',
    'It hears of a change.',
  ]);
});
