// Connect's workflow states as the phases and steps that a customer sees (contract §2). States may go back, repeat and
// be unknown: https://docs.instacart.com/connect/api/post_checkout/order/get_order

export const ORDER_TYPES = ['delivery', 'pickup', 'last_mile'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** Phases in the order in which they occur. `cancelled` and `unknown` have no place in that order. */
const PHASES = [
  ...(['received', 'assigned', 'shopping', 'packing', 'prepared', 'collected'] as const),
  ...(['ready', 'handing_over', 'on_the_way', 'done'] as const),
] as const;
export const STAGES = [...PHASES, 'cancelled', 'unknown'] as const;
export type Stage = (typeof STAGES)[number];

export const STEP_STATES = ['done', 'current', 'next'] as const;
/** `at`: ISO-8601 UTC, when the step began; absent while that is not known. */
export type Step = { stage: Stage; state: (typeof STEP_STATES)[number]; at?: string };

const STAGE_OF_STATE = new Map<string, Stage>([
  ['brand_new', 'received'],
  ['acknowledged', 'assigned'],
  ['picking', 'shopping'],
  ['verifying_replacements', 'shopping'],
  ['checkout', 'packing'],
  ['bags_check', 'packing'],
  ['staged', 'packing'],
  ['staged_for_delivery', 'prepared'],
  ['waiting_for_delivery', 'prepared'],
  ['acknowledged_for_delivery', 'prepared'],
  ['at_store', 'prepared'],
  ['ready_for_pickup', 'ready'],
  ['user_at_store', 'handing_over'],
  ['runner_awaiting', 'handing_over'],
  ['runner_acknowledged', 'handing_over'],
  ['delivering', 'on_the_way'],
  ['delivered', 'done'],
  ['canceled', 'cancelled'],
]);

const STEP_STAGES = {
  delivery: ['received', 'shopping', 'packing', 'on_the_way', 'done'],
  pickup: ['received', 'shopping', 'packing', 'ready', 'done'],
  last_mile: ['received', 'prepared', 'on_the_way', 'done'],
} as const satisfies Record<OrderType, readonly Stage[]>;

/** The stage of a `workflow_state`; undefined for a state that is not documented. */
export function toStage(workflowState: string, type: OrderType): Stage | undefined {
  // The one state with two meanings: verified before the hand-over at the store, or before the drive.
  if (workflowState === 'bags_verified') return type === 'pickup' ? 'handing_over' : 'collected';
  return STAGE_OF_STATE.get(workflowState);
}

/** The steps of a type with at most one current step; empty where the order of events is not known. */
export function toSteps(type: OrderType, stage: Stage): Step[] {
  const position = toPosition(stage);
  if (position < 0) return [];
  const stages = STEP_STAGES[type];
  // A stage that is no step of its type belongs to the step before it.
  const current = stages.findLastIndex((step) => toPosition(step) <= position);
  return stages.map((step, i) => ({
    stage: step,
    state: i < current || stage === 'done' ? 'done' : i === current ? 'current' : 'next',
  }));
}

function toPosition(stage: Stage): number {
  return PHASES.findIndex((phase) => phase === stage);
}

const BEFORE_PAYMENT = new Set<Stage>(['received', 'assigned', 'shopping', 'unknown']);

/** Whether a replacement can still be decided: the shopper has not paid. */
export function isBeforePayment(stage: Stage): boolean {
  return BEFORE_PAYMENT.has(stage);
}

/** Whether nothing will happen to the order any more. Its messages can still be read for a day. */
export function isOver(stage: Stage): boolean {
  return stage === 'done' || stage === 'cancelled';
}

const NEVER_LATE = new Set<Stage>(['ready', 'handing_over', 'done', 'cancelled', 'unknown']);

/** Whether the window ended before the order arrived or was ready. `windowEnd` is ISO-8601. */
export function isLate(stage: Stage, windowEnd: string | undefined, nowMs: number): boolean {
  return !NEVER_LATE.has(stage) && windowEnd !== undefined && Date.parse(windowEnd) < nowMs;
}
