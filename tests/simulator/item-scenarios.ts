import { greeting, inState, shopping } from './in-state';
import type { ItemChanges } from './item-line';
import { inMinutes, type Step } from './order-script';
import { toScenario, type Scenario } from './scenario';

const { item, order } = inMinutes;

const AGE_MINUTES = 20;
// Half a minute after the first request, so that a reader sees the question first.
const SOON = AGE_MINUTES + 0.5;

/** A replacement that waits for the customer's answer. */
export const pendingReplacement: ItemChanges = {
  status: 'REPLACED',
  replacementStatus: 'PENDING',
  replacement: { name: 'Oat milk, 64 oz' },
};
const toReplaced = (replacementStatus: string, name: string) => ({
  ...{ status: 'REPLACED', replacementStatus, replacement: { name } },
});

const everyState: Step = {
  kind: 'items',
  atMs: 0,
  lines: [
    { id: '1', product: { name: 'Bananas', quantity: '6' }, status: 'FOUND' },
    { id: '2', product: { name: 'Strawberries' }, ...toReplaced('APPROVED', 'Raspberries') },
    { id: '3', product: { name: 'Oat milk, 32 oz' }, ...pendingReplacement },
    { id: '4', product: { name: 'White eggs' }, ...toReplaced('REJECTED', 'Brown eggs') },
    {
      id: '5',
      product: { name: 'Salmon fillet', quantity: '1.5', unit: 'lb' },
      status: 'TO_REFUND',
    },
    { id: '6', product: { name: 'Sourdough bread' } },
    // Not a documented status.
    { id: '7', product: { name: 'Cut flowers' }, status: 'ON_HOLD' },
  ],
};

function toShopped(steps: Step[]) {
  return inState('delivery', AGE_MINUTES, shopping, [...greeting, ...steps]);
}

/** Orders that are being shopped, and what may happen to a replacement. */
export const itemScenarios: Scenario[] = [
  toScenario('items', 'an item in each state, one of which is unknown', toShopped([everyState])),
  toScenario(
    'decided-by-text',
    'a replacement to decide, which a text message refunds after half a minute',
    toShopped([
      item(15, '3', pendingReplacement),
      item(SOON, '3', { replacementStatus: 'REJECTED' }),
    ]),
  ),
  toScenario(
    'paid-undecided',
    'a replacement to decide, which is bought when the shopper pays after half a minute',
    toShopped([item(15, '3', pendingReplacement), order(SOON, { state: 'checkout' })]),
  ),
];
