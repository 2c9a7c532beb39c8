import 'server-only';
import { closest, distance } from 'fastest-levenshtein';

// Finds misspelt settings: a setting whose name is wrong is silently left at its default.

// More edits than one in four letters turn a name into words of other programs.
const LETTERS_PER_EDIT = 4;
const MAX_EDITS = 3;
const MIN_LENGTH = 8;

/** The names that are nearly, but not quite, one of `known`, each with the name that was probably meant. */
export function findMisspelt(
  names: readonly string[],
  known: readonly string[],
): { name: string; meant: string }[] {
  return names.flatMap((name) => {
    if (known.includes(name)) return [];
    const near = known.filter((each) => isNearly(toLetters(name), toLetters(each)));
    return near.length === 0 ? [] : [{ name, meant: closest(name.toUpperCase(), near) }];
  });
}

function isNearly(name: string, known: string): boolean {
  if (name === known) return true;
  const edits = Math.min(MAX_EDITS, Math.floor(known.length / LETTERS_PER_EDIT));
  // A name of another length cannot be near, however long it is.
  if (known.length < MIN_LENGTH || Math.abs(name.length - known.length) > edits) return false;
  return distance(name, known) <= edits;
}

function toLetters(name: string): string {
  return name.toUpperCase().replace(/[^A-Z\d]/g, '');
}
