import { afterEach, expect, test } from 'vitest';
import { renderPages } from '@/lib/server/web/rendered-pages';

const { execPath } = process;
afterEach(() => void (process.execPath = execPath));

test('a renderer that cannot be started rejects, and the process goes on', async () => {
  process.execPath = '/nowhere/node';
  // Vitest fails a file with an unhandled error.
  await expect(renderPages([])).rejects.toThrow();
});
