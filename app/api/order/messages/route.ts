import { getServices } from '@/lib/server/services';

export function GET(request: Request) {
  return getServices().getOrderMessages(request);
}
