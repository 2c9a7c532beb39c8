import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOrderView } from '@/lib/order/order-view';
import { parseImageHost } from '@/lib/server/config/image-hosts';
import { readPickupInstructions, readVehicleInfo } from '@/lib/server/connect/pickup-schema';
import {
  serializeInstructions,
  serializeVehicle,
  toPickupHash,
} from '@/lib/server/orders/serialized-pickup';
import { toPickupInstructions, toVehicle } from '@/lib/server/orders/to-pickup';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import { startPickupServer as start } from '@/tests/support/pickup-server';

const imageHosts = [parseImageHost('*.instacart.com')].flatMap((host) => host ?? []);
const picture = 'https://d.instacart.com/door.png';

function toView(body: unknown) {
  const faults = new Map();
  const instructions = readPickupInstructions(body, faults);
  return {
    instructions: instructions && toPickupInstructions(instructions, imageHosts),
    faults: [...faults].sort(),
  };
}

const toRow = (changes: object) => ({
  ...{ category: 'locker', instruction: 'Open it.', ...changes },
});

test('a category that is not documented, or a row of another type, costs its own row and is counted', () => {
  const rows = [toRow({}), toRow({ category: 'drone' }), null, 'x', { instruction: 'No kind' }];
  expect(toView({ pickup_instructions: rows })).toEqual({
    instructions: [{ kind: 'locker', text: 'Open it.', images: [] }],
    faults: [
      ['pickup_instructions', 2],
      ['pickup_instructions.category', 2],
    ],
  });
});

test('an instruction without a text is shown if it has a picture', () => {
  const pictured = toRow({ instruction: null, instruction_images: [{ url: picture }] });
  const rows = [toRow({ instruction: ' \u200b ' }), pictured];
  expect(toView({ pickup_instructions: rows }).instructions).toEqual([
    { kind: 'locker', text: '', images: [{ url: picture }] },
  ]);
});

test('pictures come from listed hosts only, with their description', () => {
  const urls = [
    'javascript:alert(1)',
    'https://evil.example/x.png',
    '//d.instacart.com/x',
    picture,
  ];
  const images = [...urls.map((url) => ({ url, value: 'The\ndoor\u202e' })), { value: 'x' }, 7];
  expect(toView({ pickup_instructions: [toRow({ instruction_images: images })] })).toEqual({
    instructions: [
      { kind: 'locker', text: 'Open it.', images: [{ url: picture, alt: 'The door' }] },
    ],
    faults: [
      ['pickup_instructions.instruction_images', 1],
      ['pickup_instructions.instruction_images.url', 1],
    ],
  });
});

test('a null list is empty, and an absent, wrong or long list is unreadable', () => {
  expect(toView({ pickup_instructions: null }).instructions).toEqual([]);
  const long = Array.from({ length: 21 }, () => toRow({}));
  for (const body of [
    {},
    [],
    null,
    'x',
    ...[{}, 'x', long].map((pickup_instructions) => ({ pickup_instructions })),
  ])
    expect(toView(body)).toEqual({ instructions: undefined, faults: [['pickup_instructions', 1]] });
});

test('a vehicle has values of the closed lists, and others are counted', () => {
  const faults = new Map();
  const info = {
    id: 1,
    model: ' Fiat\tPanda ',
    vehicle_type: 'tank',
    color: 'Red',
    color_hex: '#f00',
  };
  const read = readVehicleInfo({ vehicle_info: { ...info, license_plate: 7 } }, faults);
  expect(toVehicle(read?.vehicle)).toEqual({ model: 'Fiat Panda' });
  expect([...faults.keys()].sort()).toEqual([
    ...['vehicle_info.color', 'vehicle_info.license_plate', 'vehicle_info.vehicle_type'],
  ]);
  const whole = { vehicle_type: 'suv', color: 'gray', license_plate: 'ABC 123', model: 'x' };
  expect(toVehicle(readVehicleInfo({ vehicle_info: whole }, faults)?.vehicle)).toEqual({
    ...{ model: 'x', kind: 'suv', color: 'gray', plate: 'ABC 123' },
  });
});

test('an absent, null or empty vehicle is none, and one of another type is unreadable', () => {
  for (const body of [{}, { vehicle_info: null }, { vehicle_info: {} }])
    expect(toVehicle(readVehicleInfo(body, new Map())?.vehicle)).toBeUndefined();
  for (const body of [null, [], 'x', { vehicle_info: 'x' }, { vehicle_info: [] }])
    expect(readVehicleInfo(body, new Map())).toBeUndefined();
});

test('any JSON becomes bounded text and pictures of listed hosts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5_000 }),
    fc.webUrl(),
    fc.jsonValue(),
  );
  const image = fc.oneof(fc.jsonValue(), fc.record({ url: text, value: text }));
  const category = fc.constantFrom('curbside', 'locker', 'in_store', 'drone', null);
  const images = fc.oneof(fc.jsonValue(), fc.array(image));
  const row = fc.record({ category, instruction: text, instruction_images: images });
  const rows = fc.array(fc.oneof(row, fc.jsonValue()));
  const vehicle = fc.record({ model: text, vehicle_type: text, color: text, license_plate: text });
  fc.assert(
    fc.property(rows, vehicle, (pickup_instructions, vehicle_info) => {
      for (const shown of toView({ pickup_instructions }).instructions ?? []) {
        expect(shown.text.length).toBeLessThanOrEqual(2_001);
        for (const { url, alt = '' } of shown.images) {
          expect(new URL(url).hostname).toMatch(/\.instacart\.com$/);
          expect(alt.length).toBeLessThanOrEqual(201);
        }
      }
      const { model = '', plate = '' } =
        toVehicle(readVehicleInfo({ vehicle_info }, new Map())?.vehicle) ?? {};
      expect([model.length <= 101, plate.length <= 21]).toEqual([true, true]);
    }),
  );
});

test('hostile texts reach the page without control or bidi characters, and unknown fields do not', async () => {
  const { control, read } = await start();
  const rows = Object.values(hostileTexts).map((text) =>
    toRow({ instruction: text, store: 'secret', instruction_images: [{ url: text, value: text }] }),
  );
  const body = { pickup_instructions: rows.slice(0, 20), phone: 'secret' };
  control.fault({ route: 'pickup', kind: 'wrong-shape', body });
  const vehicle_info = { model: hostileTexts.bidi, driver: 'secret' };
  control.fault({ route: 'vehicle', kind: 'wrong-shape', body: { vehicle_info } });
  const view = await read();
  expect(isOrderView(view)).toBe(true);
  expect(view.pickup?.instructions.length).toBeGreaterThan(3);
  const shown = JSON.stringify(view.pickup);
  expect(shown).not.toMatch(/secret|"url"/);
  for (const { text } of view.pickup?.instructions ?? []) {
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text.isWellFormed()).toBe(true);
  }
});

test('unreadable fields and the names of unknown ones are in the log, and no value is', async () => {
  const { control, read, logLines } = await start({ LOG_LEVEL: 'debug' });
  control.fault({
    route: 'pickup',
    ...{
      kind: 'wrong-shape',
      body: { pickup_instructions: [toRow({ category: 'drone' })], hours: 9 },
    },
  });
  await read();
  const lines = logLines.map((line) => JSON.parse(line));
  expect(lines).toContainEqual(
    expect.objectContaining({ event: 'unknown_fields', operation: 'pickup', names: ['hours'] }),
  );
  expect(lines.at(-1).unreadableFields).toEqual(['pickup_instructions.category']);
  expect(logLines.join()).not.toContain('drone');
});

test('a picture that is signed again keeps the hash of the ETag, and other changes do not', () => {
  const toHash = (text: string, query: string) =>
    toPickupHash({
      instructions: serializeInstructions([
        { kind: 'locker', text, images: [{ url: `${picture}?${query}` }] },
      ]),
    });
  expect(toHash('Wait.', 'signature=1')).toBe(toHash('Wait.', 'signature=2'));
  expect(toHash('Wait.', '')).not.toBe(toHash('Open it.', ''));
  const vehicles = [undefined, { plate: 'A' }, { plate: 'B' }].map(serializeVehicle);
  expect(new Set(vehicles.map((vehicle) => toPickupHash({ vehicle }))).size).toBe(3);
});

test('a read link sees the pickup but cannot arrive, and a share link does not see it', async () => {
  const { mint, request } = await start();
  const view = async (scp: string) => (await request(await mint('A-1', { scp }))).json();
  expect((await view('read')).pickup).toMatchObject({ canArrive: false, instructions: [{}] });
  expect(await view('share')).not.toHaveProperty('pickup');
});
