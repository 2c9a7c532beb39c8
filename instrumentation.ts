export async function register() {
  // Only the Node.js server has an environment to check, and only there can it stop the start.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startServices } = await import('@/lib/server/start-services');
  startServices();
}
