import { createHealth } from '@/lib/server/api/health';

export const dynamic = 'force-dynamic';

export function GET() {
  return createHealth().getReadiness();
}
