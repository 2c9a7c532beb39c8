let wordCount = 0;
/** Collects words that occur once and are found again in every encoding. */
export function createWords() {
  const words: string[] = [];
  return {
    words,
    word(name: string): string {
      const word = `canary-${name}-${(wordCount++).toString(36).padStart(6, '0')}`;
      words.push(word);
      return word;
    },
    number(): string {
      const number = `8${String(wordCount++).padStart(11, '0')}`;
      words.push(number);
      return number;
    },
  };
}

export type Words = ReturnType<typeof createWords>;
