import type { Redis } from 'ioredis';

/** Every key and value in this Redis. */
export async function readEverything(redis: Redis): Promise<string[]> {
  const keys = await redis.keys('*');
  const values = await Promise.all(
    keys.map(async (key) =>
      (await redis.type(key)) === 'zset'
        ? await redis.zrange(key, 0, -1, 'WITHSCORES')
        : [(await redis.get(key)) ?? ''],
    ),
  );
  return [...keys, ...values.flat()];
}
