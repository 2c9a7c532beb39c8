import { expect, test } from 'vitest';
import { createRetryBudget } from '@/lib/server/connect/retry-budget';

function spendAll(budget: ReturnType<typeof createRetryBudget>): number {
  let retries = 0;
  while (retries < 100 && budget.spend()) retries++;
  return retries;
}

test('a new budget allows ten retries', () => {
  expect(spendAll(createRetryBudget())).toBe(10);
});

test('twelve calls earn one retry, and eleven do not', () => {
  const budget = createRetryBudget();
  spendAll(budget);
  for (let call = 0; call < 11; call++) budget.earn();
  expect(budget.spend()).toBe(false);
  budget.earn();
  expect(budget.spend()).toBe(true);
  expect(budget.spend()).toBe(false);
});

test('at most ten retries are saved', () => {
  const budget = createRetryBudget();
  for (let call = 0; call < 1_000; call++) budget.earn();
  expect(spendAll(budget)).toBe(10);
});
