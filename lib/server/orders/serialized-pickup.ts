import 'server-only';
import { hash } from 'node:crypto';
import type { PickupInstruction, Vehicle } from '@/lib/order/pickup';
import { toByteLength, toJson, type Json } from './json-members';
import { toPictureIdentity } from './picture-identity';

type Member = { json: Json; contentHash: string };

/** The parts of a pickup that were read, as JSON bytes, because they take a third of the memory of objects. */
export type SerializedPickup = {
  /** Absent until the instructions were read. */
  instructions?: Member | undefined;
  /** Absent if there is none, and until it was read. */
  vehicle?: Member | undefined;
};

export function serializeInstructions(instructions: readonly PickupInstruction[]): Member {
  // Connect may sign the addresses of pictures again each time.
  const content = instructions.map(({ images, ...instruction }) => ({
    ...instruction,
    images: images.map((image) => ({ ...image, url: toPictureIdentity(image.url) })),
  }));
  return { json: toJson(instructions), contentHash: toHash(content) };
}

export function serializeVehicle(vehicle: Vehicle | undefined): Member | undefined {
  return vehicle && { json: toJson(vehicle), contentHash: toHash(vehicle) };
}

export function toPickupByteLength({ instructions, vehicle }: SerializedPickup): number {
  return toByteLength([...(instructions?.json ?? []), ...(vehicle?.json ?? [])]);
}

/** Differs if the customer sees something else. */
export function toPickupHash({ instructions, vehicle }: SerializedPickup): string {
  return `${instructions?.contentHash} ${vehicle?.contentHash}`;
}

function toHash(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url');
}
