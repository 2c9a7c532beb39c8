import { getReadiness } from '@/lib/server/health';
import { getServices } from '@/lib/server/services';

export const dynamic = 'force-dynamic';

export function GET() {
  return getReadiness(getServices().isReady());
}
