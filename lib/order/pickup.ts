// How the customer collects a pickup order: the member `pickup` of the order (contract §2).

export const PICKUP_KINDS = ['curbside', 'locker', 'in_store'] as const;
export type PickupKind = (typeof PICKUP_KINDS)[number];

/** Closed lists of Connect: https://docs.instacart.com/connect/api/post_checkout/pickup/create_update_vehicle_info */
export const VEHICLE_KINDS = ['hatchback', 'minivan', 'sedan', 'suv', 'truck', 'other'] as const;
export const VEHICLE_COLORS = [
  ...(['black', 'blue', 'brown', 'gray', 'green'] as const),
  ...(['yellow', 'orange', 'red', 'silver', 'white'] as const),
] as const;

/** In UTF-16 units. Limits of this server, because Connect documents none. */
export const MAX_MODEL_LENGTH = 100;
export const MAX_PLATE_LENGTH = 20;

export type PickupImage = { url: string; alt?: string };
/** `text` is empty if the instruction has pictures only. */
export type PickupInstruction = { kind: PickupKind; text: string; images: PickupImage[] };
/** `model`: make and model. */
export type Vehicle = {
  model?: string;
  kind?: (typeof VEHICLE_KINDS)[number];
  color?: (typeof VEHICLE_COLORS)[number];
  plate?: string;
};

/** `canArrive`: the order waits for the customer, and the link may say that the customer has arrived. */
export type Pickup = { instructions: PickupInstruction[]; canArrive: boolean; vehicle?: Vehicle };
