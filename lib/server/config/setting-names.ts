import 'server-only';
import { closest, distance } from 'fastest-levenshtein';

// Finds misspelt settings: without this check a setting with a misspelt name silently keeps its default.

// Levenshtein distance: with more than one edit per four letters, variables of other programs would match.
const LETTERS_PER_EDIT = 4;
const MAX_EDITS = 3;
const MIN_LENGTH = 8;

/** Returns the names that are similar to one of `known` but not in it, each with the most similar known name. */
export function findMisspeltNames(
  names: readonly string[],
  known: readonly string[],
): { name: string; suggestion: string }[] {
  return names.flatMap((name) => {
    if (known.includes(name)) return [];
    const similar = known.filter((knownName) => isSimilar(toLetters(name), toLetters(knownName)));
    return similar.length === 0 ? [] : [{ name, suggestion: closest(name.toUpperCase(), similar) }];
  });
}

function isSimilar(name: string, known: string): boolean {
  if (name === known) return true;
  const edits = Math.min(MAX_EDITS, Math.floor(known.length / LETTERS_PER_EDIT));
  // The distance is at least the difference in length; checking that first bounds the cost of long names.
  if (known.length < MIN_LENGTH || Math.abs(name.length - known.length) > edits) return false;
  return distance(name, known) <= edits;
}

function toLetters(name: string): string {
  return name.toUpperCase().replace(/[^A-Z\d]/g, '');
}
