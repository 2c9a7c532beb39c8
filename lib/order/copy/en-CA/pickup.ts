import { pickupCopy as american, type PickupCopy } from '@/lib/order/copy/en-US/pickup';

const { withColor } = american.vehicle;

export const pickupCopy: PickupCopy = {
  ...american,
  vehicle: {
    ...american.vehicle,
    color: 'Colour',
    plate: 'Licence plate',
    colors: { ...american.vehicle.colors, gray: 'Grey' },
    withColor: (color, kind) => withColor(color, kind).replace('Gray', 'Grey'),
  },
};
