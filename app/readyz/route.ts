import { getServices } from '@/lib/server/services';

export const dynamic = 'force-dynamic';

export function GET() {
  return getServices().health.getReadiness();
}
