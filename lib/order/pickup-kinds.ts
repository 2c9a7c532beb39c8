import type { PickupInstruction, PickupKind } from './pickup';
import type { PickupCopy } from './copy/en-US/pickup';

/** The instructions by kind, in the order in which the kinds first occur. */
export function groupByKind(
  instructions: readonly PickupInstruction[],
): ReadonlyMap<PickupKind, readonly PickupInstruction[]> {
  const groups = new Map<PickupKind, PickupInstruction[]>();
  for (const instruction of instructions)
    groups.set(instruction.kind, [...(groups.get(instruction.kind) ?? []), instruction]);
  return groups;
}

/**
 * Whether the customer may come by car to collect the order. A locker and a desk do not need a vehicle. Without
 * instructions the kind is not known, and a vehicle that was not asked for delays a customer at the curb.
 */
export function mayNeedVehicle(instructions: readonly PickupInstruction[]): boolean {
  return instructions.length === 0 || instructions.some(({ kind }) => kind === 'curbside');
}

/** The next step of a customer who has arrived. */
export function toNextStep(
  instructions: readonly PickupInstruction[],
  copy: PickupCopy['arrival'],
): string {
  const [kind, ...otherKinds] = groupByKind(instructions).keys();
  if (!kind) return copy.waitForUpdates;
  return otherKinds.length > 0 ? copy.followInstructions : copy.nextSteps[kind];
}
