import { expect, test } from 'vitest';
import { describeVehicle, readVehicle } from '@/lib/order/vehicle-text';
import { pickupCopy } from '@/lib/order/copy/en-US/pickup';

test.each([
  [{ color: 'red', kind: 'hatchback', plate: 'A 1' }, 'Red hatchback', ['A 1']],
  [{ color: 'red', kind: 'suv', model: 'Kia', plate: 'A 1' }, 'Red SUV', ['Kia', 'A 1']],
  [{ color: 'gray', kind: 'other' }, 'Gray car', []],
  [{ color: 'gray', model: 'Kia' }, 'Gray car', ['Kia']],
  [{ kind: 'truck', model: 'Ford' }, 'Truck', ['Ford']],
  [{ kind: 'other', model: 'Cargo bike', plate: 'A 1' }, 'Cargo bike', ['A 1']],
  [{ kind: 'other', plate: 'A 1' }, 'Car', ['A 1']],
  [{ model: 'Kia' }, 'Kia', []],
  [{ plate: 'A 1' }, 'Car', ['A 1']],
] as const)('the vehicle %j is named "%s" with the details %j', (vehicle, name, details) => {
  expect(describeVehicle(vehicle, pickupCopy.vehicle)).toEqual({ name, details });
});

test.each([
  [{ model: ' Kia ', kind: 'suv', color: 'red', plate: 'A 1' }, 4],
  [{ model: '\u200b ', kind: '', color: 'pink', plate: '' }, 0],
  [{ model: 7, kind: {}, color: null, plate: ['A'] }, 0],
  [{ kind: 'SUV', color: 'Red', id: 1 }, 0],
  [null, 0],
  ['Kia', 0],
])('of %j, %i fields are read', (value, count) => {
  expect(Object.values(readVehicle(value))).toHaveLength(count);
});
