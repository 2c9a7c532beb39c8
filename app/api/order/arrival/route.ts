import { getServices } from '@/lib/server/services';

export function POST(request: Request) {
  return getServices().arrive(request);
}
