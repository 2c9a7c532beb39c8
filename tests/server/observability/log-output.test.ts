import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '@/lib/server/observability/log';
import { openLogOutput } from '@/lib/server/observability/log-output';

const BUFFER_BYTES = 20_000;
const PIPE_BYTES = 65_536;

/** A named pipe with a reader that reads on request. */
function openPipe() {
  const folder = mkdtempSync(join(tmpdir(), 'log-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const openReader = () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let reader = openReader();
  const writer = openSync(path, constants.O_WRONLY);

  function read(): string {
    const piece = Buffer.alloc(PIPE_BYTES);
    let text = '';
    for (;;) {
      try {
        const length = readSync(reader, piece);
        if (length === 0) return text;
        text += piece.toString('utf8', 0, length);
      } catch {
        return text;
      }
    }
  }

  return {
    writer,
    read,
    leave: () => closeSync(reader),
    comeBack: () => void (reader = openReader()),
  };
}

function createTestLog(writer: number) {
  const output = openLogOutput(writer, BUFFER_BYTES);
  let droppedCount = 0;
  const log = createLog(output.write, () => 0, { onDropped: () => (droppedCount += 1) });
  return {
    output,
    write: () => log({ event: 'redis', isUp: true }),
    droppedCount: () => droppedCount,
  };
}

const parseLines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { event: string; droppedLineCount?: number });

test('lines dropped because a reader has stopped are counted, and reported when it reads again', async () => {
  const pipe = openPipe();
  const { output, write, droppedCount } = createTestLog(pipe.writer);
  const lineCount = 3_000;
  for (let count = 0; count < lineCount; count++) {
    write();
    // The pipe fills up during this pause.
    if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(droppedCount()).toBeGreaterThan(100);
  let text = '';
  await vi.waitFor(async () => {
    text += pipe.read();
    await output.flush();
    text += pipe.read();
    expect(text.match(/"redis"/g)).toHaveLength(lineCount - droppedCount());
  });
  write();
  await output.flush();
  const lines = parseLines(text + pipe.read());
  expect(lines.at(-1)).toMatchObject({ event: 'redis' });
  const gaps = lines.filter(({ event }) => event === 'log_gap');
  const reported = gaps.reduce((sum, { droppedLineCount = 0 }) => sum + droppedLineCount, 0);
  expect(reported).toBe(droppedCount());
});

test('a closed reader loses only log lines, and a new reader gets the next ones', async () => {
  const pipe = openPipe();
  const { output, write, droppedCount } = createTestLog(pipe.writer);
  write();
  await output.flush();
  pipe.leave();
  for (let count = 0; count < 1_000; count++) write();
  await output.flush();
  expect(droppedCount()).toBeGreaterThan(100);
  pipe.comeBack();
  await vi.waitFor(async () => {
    write();
    await output.flush();
    expect(parseLines(pipe.read()).at(-1)).toMatchObject({ event: 'redis' });
  });
});

test('a full disk loses log lines and causes no error', async () => {
  const { output, write, droppedCount } = createTestLog(openSync('/dev/full', 'w'));
  for (let count = 0; count < 1_000; count++) write();
  await output.flush();
  expect(droppedCount()).toBeGreaterThan(100);
  output.flushSync();
});

test('flushSync writes buffered lines and causes no error after the reader has closed', async () => {
  const pipe = openPipe();
  const { output, write } = createTestLog(pipe.writer);
  for (let count = 0; count < 100; count++) write();
  await output.flush();
  write();
  output.flushSync();
  await vi.waitFor(() => expect(pipe.read()).toContain('redis'));
  pipe.leave();
  write();
  output.flushSync();
});
