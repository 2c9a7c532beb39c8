import { onlineManager } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Items, ItemLine } from '@/lib/order/order-view';
import { createDecisions, type Decision } from './decisions';
import { postDecision } from './post-decision';

export type Question = { line: ItemLine; decision: Decision | undefined };

const NO_IDS: readonly string[] = [];

/**
 * Returns the question to show, and its place among those of the visit that are not over. `token` and `onAnswer` must
 * not change.
 */
export function useDecisions(token: string, items: Items | undefined, onAnswer: () => void) {
  const [decisions] = useState(() =>
    createDecisions({
      post: (itemId, choice) => postDecision(token, itemId, choice),
      isOnline: () => onlineManager.isOnline(),
      onAnswer,
    }),
  );
  const all = useSyncExternalStore(decisions.subscribe, decisions.getAll, decisions.getAll);
  useEffect(() => {
    if (items) decisions.reconcile(items);
  }, [decisions, items]);
  useEffect(() => {
    const sendWhenHidden = () => document.visibilityState === 'hidden' && decisions.sendAll();
    const unsubscribe = onlineManager.subscribe((isOnline) => isOnline && decisions.sendAll());
    // A phone may stop the timers of a page that the customer leaves, and never continue them.
    document.addEventListener('visibilitychange', sendWhenHidden);
    addEventListener('pagehide', decisions.sendAll);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', sendWhenHidden);
      removeEventListener('pagehide', decisions.sendAll);
      decisions.sendAll();
    };
  }, [decisions]);
  const questions = useMemo(() => toQuestions(items, all), [items, all]);
  const answered = useLeftCount(questions.map(({ line }) => line.id));
  const [question] = questions;
  return { decisions, question, position: answered + 1, total: answered + questions.length };
}

/** The lines that wait for an answer, and those whose result is being shown. */
function toQuestions(
  items: Items | undefined,
  decisions: ReadonlyMap<string, Decision>,
): Question[] {
  const lines = items?.lines ?? [];
  const ids = new Set(lines.map(({ id }) => id));
  const removed = [...decisions.values()].filter(({ line }) => !ids.has(line.id));
  return [...removed.map(({ line }) => line), ...lines].flatMap((line) => {
    const decision = decisions.get(line.id);
    const isShown = decision ? decision.phase !== 'closed' : line.state === 'decide';
    return isShown ? { line: decision?.line ?? line, decision } : [];
  });
}

/** How many ids have left the list since it was last empty. */
function useLeftCount(ids: readonly string[]): number {
  const [{ before, left }, setState] = useState({ before: NO_IDS, left: 0 });
  if (before.join() === ids.join()) return left;
  const gone = before.filter((id) => !ids.includes(id)).length;
  const next = { before: ids, left: ids.length === 0 ? 0 : left + gone };
  setState(next);
  return next.left;
}
