import type { ConnectRoute } from './calls';
import { toRecord } from './oauth';
import { connectErrors, jsonReply, type Reply } from './replies';

const vehicleTypes = ['hatchback', 'minivan', 'sedan', 'suv', 'truck', 'other'];
const colors = [
  ...['black', 'blue', 'brown', 'gray', 'green'],
  ...['orange', 'red', 'silver', 'white', 'yellow'],
];

type Vehicle = Record<string, unknown>;

/** Answers the calls of pickup orders. `arrive` puts an order into the state after the arrival of the customer. */
export function createPickups(parts: {
  readDetails: (orderId: string) => Record<string, unknown>;
  readVehicle: (orderId: string) => Vehicle | undefined;
  setVehicle: (orderId: string, vehicle: Vehicle) => void;
  pictureBase: () => string;
  arrive: (orderId: string) => void;
}) {
  return function answer(orderId: string, route: ConnectRoute, requestBody: unknown): Reply {
    const details = parts.readDetails(orderId);
    if (details.fulfillment_type !== 'pickup') return connectErrors.notPickup;
    const known = parts.readVehicle(orderId);
    if (route === 'pickup')
      return jsonReply(200, composePickupDetails(details.pickup_category, parts.pictureBase()));
    if (route === 'vehicle') return jsonReply(200, known ? { vehicle_info: known } : {});
    if (route === 'arrival') {
      const { reply, hasArrived } = answerArrival(details.workflow_state);
      if (hasArrived) parts.arrive(orderId);
      return reply;
    }
    const { reply, vehicle } = answerVehicle(known, requestBody);
    if (vehicle) parts.setVehicle(orderId, vehicle);
    return reply;
  };
}

const instructions: Record<string, string> = {
  curbside: 'Park in one of the marked spaces beside the entrance and open the trunk.',
  locker: 'Go to the lockers beside the entrance and enter the code from your text message.',
  in_store: 'Go to the service desk and show your order.',
};

/** Connect's answer for `GET …/pickup/details` of a pickup order. */
function composePickupDetails(category: unknown, pictureBase: string) {
  const kind = typeof category === 'string' && category in instructions ? category : 'curbside';
  return {
    pickup_instructions: [
      {
        category: kind,
        instruction: instructions[kind],
        instruction_images: [
          { url: `${pictureBase}/pictures/photo/doorstep.svg`, value: 'The entrance' },
        ],
      },
    ],
  };
}

/** Connect's answer to `PUT …/pickup/vehicle_info`, and the vehicle afterwards if it is accepted. */
function answerVehicle(
  known: Vehicle | undefined,
  requestBody: unknown,
): { reply: Reply; vehicle?: Vehicle } {
  const { model, vehicle_type: type, color, license_plate: plate } = toRecord(requestBody);
  const isListed = (list: string[], value: unknown) =>
    value === undefined || (typeof value === 'string' && list.includes(value));
  // Not established: the error for a value that is not listed, and whether a field that is left out stays.
  if (!isListed(vehicleTypes, type) || !isListed(colors, color))
    return { reply: connectErrors.vehicleInvalid };
  const vehicle = {
    ...{ id: 1, ...known },
    ...(model !== undefined && { model }),
    ...(type !== undefined && { vehicle_type: type }),
    ...(color !== undefined && { color }),
    ...(plate !== undefined && { license_plate: plate }),
  };
  return { reply: jsonReply(200, { vehicle_info: vehicle }), vehicle };
}

/** Connect's answer to `POST …/pickup/user_arrived` in a state, and whether the customer is at the store afterwards. */
function answerArrival(state: unknown): { reply: Reply; hasArrived: boolean } {
  if (state === 'ready_for_pickup')
    return { reply: jsonReply(200, { success: true }), hasArrived: true };
  // Not established: the answer after the arrival, and once the order is over.
  const isAtStore = ['user_at_store', 'runner_awaiting', 'runner_acknowledged', 'bags_verified'];
  if (isAtStore.some((known) => known === state))
    return { reply: jsonReply(200, { success: true }), hasArrived: false };
  return { reply: connectErrors.notStaged, hasArrived: false };
}
