import { getServices } from '@/lib/server/process-services';

export function PUT(request: Request) {
  return getServices().setVehicle(request);
}
