import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const rows = readFileSync('docs/asvs.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, id = '', level = '', state = '', how = '', tests = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return {
      id,
      level,
      state,
      how,
      tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, file]) => file),
    };
  });

test('every requirement is listed once, in order, with a state and an explanation', () => {
  const numbers = rows.map(({ id }) =>
    id.split('.').reduce((sum, part) => sum * 100 + Number(part), 0),
  );
  expect(numbers.length).toBeGreaterThan(100);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  for (const row of rows) {
    expect([row.id, row.state]).toEqual([
      row.id,
      expect.stringMatching(/^(yes|n\/a|operator|no)$/),
    ]);
    expect([row.id, row.how]).toEqual([row.id, expect.stringMatching(/\w{2}/)]);
  }
  for (const id of ['3.4.7', '3.4.8', '3.5.8', '11.2.4', '14.2.6'])
    expect(rows.find((row) => row.id === id)?.level).toBe('3');
});

test('every fulfilled requirement names a test or a documentation page, and each test exists', () => {
  for (const { id, state, how, tests } of rows) {
    if (state === 'yes' && tests.length === 0)
      expect([id, how]).toEqual([id, expect.stringMatching(/\.md|README|below/)]);
    for (const file of tests)
      expect([id, file, existsSync(`tests/${file}`)]).toEqual([id, file, true]);
  }
});
