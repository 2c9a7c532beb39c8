import { onlineManager } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Items, ItemLine } from '@/lib/order/order-view';
import { isSameOffer } from '@/lib/order/item-changes';
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
    // The order may have changed while a decision was being sent, so `all` is a reason to compare again.
    if (items) decisions.reconcile(items);
  }, [decisions, items, all]);
  useEffect(() => {
    const sendWhenHidden = () => document.visibilityState === 'hidden' && decisions.sendAll();
    const unsubscribe = onlineManager.subscribe((isOnline) => isOnline && decisions.sendQueued());
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
  const { asked, left } = useAsked(questions.map(({ line }) => line.id));
  const inOrder = asked.flatMap((id) => questions.find(({ line }) => line.id === id) ?? []);
  // A choice that can be undone stays in view. A choice that waits for the network makes way for the next question.
  const question =
    inOrder.find(({ decision }) => decision?.phase === 'chosen') ??
    inOrder.find(({ decision }) => decision?.phase !== 'queued') ??
    inOrder[0];
  const position = question ? left + inOrder.indexOf(question) + 1 : 0;
  return { decisions, question, position, total: left + questions.length };
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
    if (!isShown) return [];
    // The addresses of the pictures change, so the line as it now is comes first.
    return [
      { line: decision && !isSameOffer(line, decision.line) ? decision.line : line, decision },
    ];
  });
}

/**
 * Returns the ids in the order of their first appearance, so that a new question does not take the place of the one that
 * is shown, and how many have left the list since it was last empty.
 */
function useAsked(ids: readonly string[]): { asked: readonly string[]; left: number } {
  const [state, setState] = useState({ asked: NO_IDS, left: 0 });
  const kept = state.asked.filter((id) => ids.includes(id));
  const asked = [...kept, ...ids.filter((id) => !kept.includes(id))];
  if (asked.join() === state.asked.join()) return state;
  const left = ids.length === 0 ? 0 : state.left + state.asked.length - kept.length;
  const next = { asked, left };
  setState(next);
  return next;
}
