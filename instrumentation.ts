export async function register() {
  // Only the Node.js server has an environment to check, and only there can it stop the start.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { exitOnFault } = await import('@/lib/server/web/exit-on-fault');
  const { getEnv, warnOfMisspeltSettings } = await import('@/lib/server/config/env');
  warnOfMisspeltSettings();
  await exitOnFault(getEnv);
}
