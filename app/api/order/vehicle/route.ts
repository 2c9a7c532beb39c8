import { getServices } from '@/lib/server/services';

export function PUT(request: Request) {
  return getServices().setVehicle(request);
}
