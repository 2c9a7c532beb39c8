export async function register() {
  // Only the Node.js runtime has the environment variables, and only it can exit.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { exitOnFault } = await import('@/lib/server/web/exit-on-fault');
  const { warnOfUnusedSettings } = await import('@/lib/server/web/setting-warnings');
  const { getEnv } = await import('@/lib/server/config/env');
  warnOfUnusedSettings();
  await exitOnFault(getEnv);
}
