import { getServices } from '@/lib/server/process-services';

export function POST(request: Request) {
  return getServices().markRead(request);
}
