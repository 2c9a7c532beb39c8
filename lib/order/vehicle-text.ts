import { isBlank } from './clean-text';
import { VEHICLE_COLORS, VEHICLE_KINDS, type Vehicle } from './pickup';
import type { PickupCopy } from './copy/en-US/pickup';

/** The known fields of a vehicle. Texts without a visible character and values that are not listed are left out. */
export function readVehicle(value: unknown): Vehicle {
  const { model, kind, color, plate } = Object(value);
  const knownKind = VEHICLE_KINDS.find((known) => known === kind);
  const knownColor = VEHICLE_COLORS.find((known) => known === color);
  return {
    ...(isVisible(model) && { model: model.trim() }),
    ...(knownKind && { kind: knownKind }),
    ...(knownColor && { color: knownColor }),
    ...(isVisible(plate) && { plate: plate.trim() }),
  };
}

function isVisible(value: unknown): value is string {
  return typeof value === 'string' && !isBlank(value);
}

export function isEmptyVehicle(vehicle: Vehicle): boolean {
  return Object.keys(vehicle).length === 0;
}

/** A short name, and the texts that the name does not contain. */
export function describeVehicle(
  { model, kind, color, plate }: Vehicle,
  { withColor, kinds, unnamed }: PickupCopy['vehicle'],
): { name: string; details: string[] } {
  if (color) return { name: withColor(color, kind), details: list(model, plate) };
  if (kind && kind !== 'other') return { name: kinds[kind], details: list(model, plate) };
  return { name: model ?? unnamed, details: list(plate) };
}

function list(...texts: (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined);
}
