import { Redis } from 'ioredis';
import { onTestFinished, vi } from 'vitest';

/**
 * Removes the timeout of commands to Redis until the test is finished. On a busy machine a command can take longer than its timeout of
 * 0.1 s; the server then counts in memory, and continues to do so because the clock of the test stands still.
 */
export function disableCommandTimeout(): void {
  const { sendCommand } = Redis.prototype;
  const spy = vi.spyOn(Redis.prototype, 'sendCommand').mockImplementation(function (
    this: Redis,
    ...command
  ) {
    delete this.options.commandTimeout;
    return sendCommand.apply(this, command);
  });
  onTestFinished(() => spy.mockRestore());
}
