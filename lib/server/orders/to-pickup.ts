import 'server-only';
import { cleanText, cutText, isBlank } from '@/lib/order/clean-text';
import {
  MAX_MODEL_LENGTH,
  MAX_PLATE_LENGTH,
  type PickupImage,
  type PickupInstruction,
  type Vehicle,
} from '@/lib/order/pickup';
import { toImageUrl, type ImageHost } from '@/lib/server/config/image-hosts';
import type {
  ConnectPickupImage,
  ConnectPickupInstruction,
  ConnectVehicle,
} from '@/lib/server/connect/pickup-schema';

// Translates Connect's pickup details and vehicle into ours. A field that is not named here never leaves the server.

const MAX_INSTRUCTION_LENGTH = 2_000;
const MAX_ALT_LENGTH = 200;

/** Instructions without a visible text and without a picture are left out. */
export function toPickupInstructions(
  connect: readonly ConnectPickupInstruction[],
  imageHosts: readonly ImageHost[],
): PickupInstruction[] {
  return connect.flatMap(({ category, instruction, instruction_images: connectImages }) => {
    const text = cutText(cleanText(instruction), MAX_INSTRUCTION_LENGTH);
    const images = connectImages.flatMap((image) => toImage(image, imageHosts));
    return isBlank(text) && images.length === 0 ? [] : [{ kind: category, text, images }];
  });
}

/** Undefined if nothing of the vehicle is known. */
export function toVehicle(connect: ConnectVehicle | undefined): Vehicle | undefined {
  const model = toLine(connect?.model, MAX_MODEL_LENGTH);
  const plate = toLine(connect?.license_plate, MAX_PLATE_LENGTH);
  const vehicle: Vehicle = {
    ...(model && { model }),
    ...(connect?.vehicle_type && { kind: connect.vehicle_type }),
    ...(connect?.color && { color: connect.color }),
    ...(plate && { plate }),
  };
  return Object.keys(vehicle).length > 0 ? vehicle : undefined;
}

/** One line without control characters; empty if no character is visible. */
export function toLine(text: string | undefined, maxLength: number): string {
  const line = cutText(cleanText(text ?? '').replace(/\s+/g, ' '), maxLength);
  return isBlank(line) ? '' : line;
}

function toImage(
  { url: address, value }: ConnectPickupImage,
  imageHosts: readonly ImageHost[],
): PickupImage[] {
  const url = toImageUrl(address, imageHosts);
  const alt = toLine(value, MAX_ALT_LENGTH);
  return url ? [{ url, ...(alt && { alt }) }] : [];
}
