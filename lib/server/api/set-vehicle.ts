import 'server-only';
import { z } from 'zod';
import { vehicleErrors } from '@/lib/order/copy/api-errors';
import {
  MAX_MODEL_LENGTH,
  MAX_PLATE_LENGTH,
  VEHICLE_COLORS,
  VEHICLE_KINDS,
  type Vehicle,
} from '@/lib/order/pickup';
import { Problem } from '@/lib/order/problem';
import type { Log } from '@/lib/server/observability/log';
import { toLine } from '@/lib/server/orders/to-pickup';
import type { StoreVehicle } from '@/lib/server/sending/store-vehicle';
import type { Authenticate } from './authenticate';
import { toChangeProblem } from './change-problem';
import { createApiHandler, type ApiContext, type ApiHandler } from './handler';
import { readJson } from './read-json';
import type { RequestContexts } from './request-context';
import { respond } from './responses';

// PUT /api/order/vehicle as a web-standard function from Request to Response.

/** A line with a visible character. The limits are ours: Connect's are not documented. */
function toLineSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .transform((text) => toLine(text, maxLength))
    .refine((line) => line !== '');
}

const input = z.strictObject({
  model: toLineSchema(MAX_MODEL_LENGTH).optional(),
  kind: z.enum(VEHICLE_KINDS).optional(),
  color: z.enum(VEHICLE_COLORS).optional(),
  plate: toLineSchema(MAX_PLATE_LENGTH).optional(),
});

type Parts = {
  authenticate: Authenticate;
  /** Undefined with ORDER_DETAILS=off: nothing is known of a pickup then. */
  storeVehicle: StoreVehicle | undefined;
  now: () => number;
  log: Log;
  contexts: RequestContexts;
};

export function createSetVehicleHandler(parts: Parts): ApiHandler {
  return createApiHandler('set_vehicle', parts, (context) =>
    setVehicle(context, parts).catch((cause: unknown) => {
      throw cause instanceof Problem ? toChangeProblem(cause, vehicleErrors) : cause;
    }),
  );
}

async function setVehicle(
  { request, connection, logFields }: ApiContext,
  { authenticate, storeVehicle }: Parts,
): Promise<Response> {
  const { orderId, userId, access } = await authenticate(request, connection, logFields);
  if (access !== 'full') throw new Problem('read_only_link');
  const { data } = input.safeParse(await readJson(request));
  if (!data)
    throw new Problem('invalid_request', {
      message:
        'The body must be {"model"?: text of 1-100 characters, "plate"?: text of 1-20 characters, ' +
        `"kind"?: ${listValues(VEHICLE_KINDS)}, "color"?: ${listValues(VEHICLE_COLORS)}}`,
    });
  if (!storeVehicle) throw new Problem('not_ready');
  return respond(200, { vehicle: await storeVehicle({ orderId, userId }, toVehicle(data)) });
}

function listValues(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(' | ');
}

function toVehicle({ model, kind, color, plate }: z.output<typeof input>): Vehicle {
  return {
    ...(model !== undefined && { model }),
    ...(kind && { kind }),
    ...(color && { color }),
    ...(plate !== undefined && { plate }),
  };
}
