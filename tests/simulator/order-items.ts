import type { ItemLine, Product } from './item-line';
import { listHappened, type OrderRun } from './order-body';

const groceries: ItemLine[] = [
  toLine('1', { name: 'Bananas', quantity: '6', unit: 'each', image: 'bananas' }),
  toLine('2', { name: 'Organic strawberries, 1 lb', image: 'berries' }),
  toLine('3', { name: 'Oat milk, 32 oz' }),
  toLine('4', { name: 'Large brown eggs, 12 ct', quantity: '2' }),
  toLine('5', { name: 'Sourdough bread', image: 'bread' }),
  toLine('6', { name: 'Salmon fillet', quantity: '1.5', unit: 'lb' }),
];

/** `image` is the name of a photo of the simulator. */
function toLine(id: string, { image, ...product }: Product): ItemLine {
  return { id, product: { ...product, ...(image && { image: `/pictures/photo/${image}.svg` }) } };
}

/** The lines of an order now. An order without a list of its own has six groceries. */
export function listItems(run: OrderRun, nowMs: number): ItemLine[] {
  let lines = groceries;
  for (const step of listHappened(run, nowMs)) {
    if (step.kind === 'items') lines = step.lines;
    if (step.kind === 'item')
      lines = lines.map((line) => (line.id === step.itemId ? { ...line, ...step.changes } : line));
    const isPaid = step.kind === 'order' && paidStates.has(step.changes.state);
    if (isPaid || step.kind === 'delivered') lines = lines.map(settle);
  }
  return lines;
}

const paidStates = new Set<unknown>(['checkout', 'delivered']);

/**
 * Documented: a replacement without a decision is bought. Not established: its statuses afterwards, and whether a line
 * can remain NOT_PICKED.
 */
function settle({ status = 'NOT_PICKED', ...line }: ItemLine): ItemLine {
  if (status === 'NOT_PICKED') return { ...line, status: 'FOUND' };
  const isPending = status === 'REPLACED' && line.replacementStatus === 'PENDING';
  return { ...line, status, ...(isPending && { replacementStatus: 'APPROVED' }) };
}

/**
 * Connect's answer for `GET …/orders/{order_id}/items`. Not established: the words of units, and whether optional
 * fields are absent or null.
 */
export function composeItems(run: OrderRun, nowMs: number) {
  return {
    line_items: listItems(run, nowMs).map((line, index) => {
      const { id, product, status = 'NOT_PICKED', replacement, without = [], extra } = line;
      const fields: Record<string, unknown> = {
        id,
        status,
        replacement_status: line.replacementStatus ?? 'SUBSTITUTION_STATUS_UNSPECIFIED',
        certified_delivery: false,
        line_num: String(index + 1),
        item: composeProduct(product, run.pictureBase),
        ...(replacement && { replacement: composeProduct(replacement, run.pictureBase) }),
        ...extra,
      };
      return Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name)));
    }),
  };
}

function composeProduct({ name, image, quantity = '1', unit = 'each' }: Product, base: string) {
  return {
    name,
    ...(image !== undefined && { image_url: toAddress(image, base) }),
    quantity,
    cost_unit: unit,
  };
}

/** A path is one of the simulator; any other text is served unchanged. */
function toAddress(image: string, base: string): string {
  return /^\/(?!\/)/.test(image) ? new URL(image, base).href : image;
}
