import { afterEach, expect, test } from 'vitest';
import { renderPages } from '@/lib/server/web/rendered-pages';

const { execPath } = process;
afterEach(() => void (process.execPath = execPath));

test('a renderer that cannot be started rejects, and the process goes on', async () => {
  process.execPath = '/nowhere/node';
  // An error that nobody handles would fail this file.
  await expect(renderPages([])).rejects.toThrow();
});
