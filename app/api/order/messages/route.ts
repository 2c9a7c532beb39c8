import { getServices } from '@/lib/server/process-services';

export function GET(request: Request) {
  return getServices().getOrderMessages(request);
}

export function POST(request: Request) {
  return getServices().sendMessage(request);
}
