import { minuteMs } from './clock';
import { greeting, inState, paid, type StateTimes } from './in-state';
import { toEventSteps } from './order-events';
import { inMinutes, type Script, type Step } from './order-script';
import { toScenario, type Scenario } from './scenario';

const { order } = inMinutes;

const ready: StateTimes = [...paid, [50, 'ready_for_pickup']];
const arrived: StateTimes = [...ready, [70, 'user_at_store'], [71, 'runner_awaiting']];
const car = { model: 'Fiat Panda', vehicle_type: 'hatchback', color: 'red' };
const vehicle = order(20, { vehicle: { id: 1, ...car, license_plate: 'ABC 123' } });

function toPickup(
  ageMinutes: number,
  states: StateTimes,
  steps: Step[] = [],
  pickupCategory = 'curbside',
): Script {
  const category = order(0, { pickupCategory });
  return inState('pickup', ageMinutes, states, [...greeting, category, ...steps]);
}

/** Pickup orders before, during and after the arrival of the customer. */
export const pickupScenarios: Scenario[] = [
  toScenario(
    'pickup-not-ready',
    'pickup that is being packed: instructions, and no arrival yet',
    toPickup(40, paid),
  ),
  toScenario('pickup-ready', 'pickup, ready at the store', toPickup(60, ready)),
  toScenario(
    'pickup-vehicle',
    'pickup, ready at the store, with the vehicle of the customer',
    toPickup(60, ready, [vehicle]),
  ),
  toScenario(
    'pickup-locker',
    'pickup from a locker, ready at the store',
    toPickup(60, ready, [], 'locker'),
  ),
  toScenario(
    'pickup-runner',
    'pickup whose customer has arrived and whose bags are brought out',
    toPickup(80, [...arrived, [74, 'runner_acknowledged']], [vehicle]),
  ),
  toScenario(
    'pickup-no-runner',
    'pickup whose customer has arrived and must go inside (a notice only)',
    toPickup(80, arrived, toEventSteps('runner_not_found', 78 * minuteMs)),
  ),
];
