import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFrozenClock } from './clock';
import { createConnectCaller } from './connect-caller';
import { startSimulator, type Simulator } from './simulator';

let simulator: Simulator;
let connect: ReturnType<typeof createConnectCaller>;

beforeEach(async () => {
  simulator = await startSimulator({ clock: createFrozenClock() });
  connect = createConnectCaller(simulator.url);
});

afterEach(() => simulator.close());

async function codeOf(response: Response): Promise<[number, number]> {
  return [response.status, (await response.json()).error.code];
}

test('a pickup order has instructions of its category', async () => {
  simulator.control.setOrder('pickup-ready', { pickupCategory: 'locker' });
  const details = await (await connect.callPickup('pickup-ready', 'details')).json();
  expect(details.pickup_instructions).toMatchObject([
    {
      category: 'locker',
      instruction: expect.stringContaining('lockers'),
      instruction_images: [{ url: expect.stringContaining(simulator.url), value: 'The entrance' }],
    },
  ]);
});

test('an order that is not collected has no pickup', async () => {
  for (const [path, method] of [
    ['details', 'GET'],
    ['vehicle_info', 'GET'],
    ['vehicle_info', 'PUT'],
    ['user_arrived', 'POST'],
  ] as const) {
    const response = await connect.callPickup('shopping', path, method, undefined);
    expect(await codeOf(response)).toEqual([400, 4001]);
  }
});

test('a vehicle is stored, and one with a value that is not listed is refused', async () => {
  const vehicle = { model: 'Fiat Panda', vehicle_type: 'hatchback', color: 'red' };
  const read = async () => (await connect.callPickup('pickup-ready', 'vehicle_info')).json();
  expect(await read()).toEqual({});
  const put = (body: object) => connect.callPickup('pickup-ready', 'vehicle_info', 'PUT', body);
  expect((await put(vehicle)).status).toBe(200);
  expect((await put({ license_plate: 'ABC 123' })).status).toBe(200);
  expect(await read()).toEqual({
    vehicle_info: { id: 1, ...vehicle, license_plate: 'ABC 123' },
  });
  for (const wrong of [{ color: 'Red' }, { vehicle_type: 'tank' }])
    expect(await codeOf(await put(wrong))).toEqual([400, 1001]);
});

test('an arrival is recorded once the order is ready, and changes its state', async () => {
  const arrive = () => connect.callPickup('pickup-ready', 'user_arrived', 'POST', {});
  simulator.control.setOrder('pickup-ready', { state: 'bags_check' });
  expect(await codeOf(await arrive())).toEqual([400, 2001]);
  simulator.control.setOrder('pickup-ready', { state: 'ready_for_pickup' });
  for (let count = 0; count < 2; count++)
    expect(await (await arrive()).json()).toEqual({ success: true });
  expect((await connect.readOrder('pickup-ready')).workflow_state).toBe('user_at_store');
  expect(simulator.control.calls({ route: 'arrival' })).toHaveLength(3);
});

test('a fault of a pickup call leaves the others', async () => {
  simulator.control.fault({ route: 'arrival', kind: 'status', status: 503, times: 1 });
  expect((await connect.callPickup('pickup-ready', 'user_arrived', 'POST')).status).toBe(503);
  expect((await connect.callPickup('pickup-ready', 'details')).status).toBe(200);
});

test('an order of a scenario has the vehicle of its script', async () => {
  const { vehicle_info } = await (
    await connect.callPickup('pickup-vehicle', 'vehicle_info')
  ).json();
  expect(vehicle_info).toMatchObject({ model: 'Fiat Panda', license_plate: 'ABC 123' });
});
