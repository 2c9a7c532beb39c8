import { hasStrings, isRecord } from './json-shape';
import { PICKUP_KINDS, type Pickup } from './pickup';

/** Checks the fields that the page relies on. */
export function isPickup(value: unknown): value is Pickup {
  if (!isRecord(value) || typeof value['canArrive'] !== 'boolean') return false;
  const { instructions, vehicle } = value;
  return (
    Array.isArray(instructions) &&
    instructions.every(
      (instruction) =>
        hasStrings(instruction, 'text') &&
        PICKUP_KINDS.some((kind) => kind === instruction['kind']) &&
        Array.isArray(instruction['images']) &&
        instruction['images'].every((image) => hasStrings(image, 'url')),
    ) &&
    (vehicle === undefined || isRecord(vehicle))
  );
}
