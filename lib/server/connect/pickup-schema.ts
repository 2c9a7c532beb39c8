import 'server-only';
import {
  PICKUP_KINDS,
  VEHICLE_COLORS,
  VEHICLE_KINDS,
  type PickupKind,
  type Vehicle,
} from '@/lib/order/pickup';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';
import {
  createFieldReader,
  isFields,
  readFields,
  readList,
  readText,
  type FieldReader,
  type Fields,
} from './fields';

// Validates Connect's pickup details and vehicle. A field that is not named here is not read.

// Checked before any entry is parsed. How many there can be is not documented.
const MAX_INSTRUCTIONS = 20;
const MAX_IMAGES = 10;

/** Names are those of the API. `value` describes the picture. */
export type ConnectPickupImage = { url: string; value: string | undefined };
/** Names are those of the API. */
export type ConnectPickupInstruction = {
  category: PickupKind;
  /** Empty if it could not be read. */
  instruction: string;
  instruction_images: ConnectPickupImage[];
};
/** Names are those of the API. `color_hex` repeats the color. */
export type ConnectVehicle = {
  model: string | undefined;
  vehicle_type: Vehicle['kind'];
  license_plate: string | undefined;
  color: Vehicle['color'];
};

/**
 * Returns undefined if the list is absent, of another type or too long. An instruction without a documented category
 * is left out. `faults` receives every field that could not be read.
 * https://docs.instacart.com/connect/api/post_checkout/pickup/get_order_pickup_details
 */
export function readPickupInstructions(
  body: unknown,
  faults: FieldFaults,
): ConnectPickupInstruction[] | undefined {
  const reader = createFieldReader(faults);
  if (!isFields(body)) {
    reader.count('pickup_instructions');
    return undefined;
  }
  const rows = reader.required(body, 'pickup_instructions', readList);
  if (body['pickup_instructions'] === null) return [];
  if (rows && rows.length > MAX_INSTRUCTIONS) reader.count('pickup_instructions');
  if (!rows || rows.length > MAX_INSTRUCTIONS) return undefined;
  return rows.flatMap((row) => {
    if (!isFields(row)) reader.count('pickup_instructions');
    return (isFields(row) && readInstruction(row, reader)) || [];
  });
}

/**
 * Returns `vehicle: undefined` if the customer has not stored one; undefined if the body or the vehicle is not an
 * object. https://docs.instacart.com/connect/api/post_checkout/pickup/get_vehicle_info
 */
export function readVehicleInfo(
  body: unknown,
  faults: FieldFaults,
): { vehicle: ConnectVehicle | undefined } | undefined {
  const { count, optional } = createFieldReader(faults);
  if (!isFields(body)) {
    count('vehicle_info');
    return undefined;
  }
  const info = optional(body, 'vehicle_info', readFields);
  if (!info) return faults.has('vehicle_info') ? undefined : { vehicle: undefined };
  return {
    vehicle: {
      model: optional(info, 'vehicle_info.model', readText),
      vehicle_type: optional(info, 'vehicle_info.vehicle_type', oneOf(VEHICLE_KINDS)),
      license_plate: optional(info, 'vehicle_info.license_plate', readText),
      color: optional(info, 'vehicle_info.color', oneOf(VEHICLE_COLORS)),
    },
  };
}

function readInstruction(row: Fields, reader: FieldReader): ConnectPickupInstruction | undefined {
  const { required, optional } = reader;
  const category = required(row, 'pickup_instructions.category', oneOf(PICKUP_KINDS));
  const instruction = required(row, 'pickup_instructions.instruction', readText) ?? '';
  const images = optional(row, 'pickup_instructions.instruction_images', readImageList) ?? [];
  return (
    category && {
      ...{ category, instruction },
      instruction_images: images.flatMap((image) => readImage(image, reader) ?? []),
    }
  );
}

function readImageList(value: unknown): readonly unknown[] | undefined {
  const images = readList(value);
  return images && images.length <= MAX_IMAGES ? images : undefined;
}

function readImage(image: unknown, reader: FieldReader): ConnectPickupImage | undefined {
  if (!isFields(image)) {
    reader.count('pickup_instructions.instruction_images');
    return undefined;
  }
  const url = reader.required(image, 'pickup_instructions.instruction_images.url', readText);
  const value = reader.optional(image, 'pickup_instructions.instruction_images.value', readText);
  return url === undefined ? undefined : { url, value };
}

function oneOf<T extends string>(values: readonly T[]): (value: unknown) => T | undefined {
  return (value) => values.find((known) => known === value);
}
