type Props = {
  /** Builds the sentence around the value, in the word order of its language. */
  toSentence: (value: string) => string;
  /** A name, date or age. */
  value: string;
};

// This is the object replacement character, which no sentence of the copy contains.
const PLACEHOLDER = '\ufffc';

/** Renders a sentence with a value of unknown text direction, which <bdi> prevents from reordering the sentence. */
export function Phrase({ toSentence, value }: Props) {
  const [before, after] = toSentence(PLACEHOLDER).split(PLACEHOLDER);
  return (
    <>
      {before && <span>{before}</span>}
      <bdi>{value}</bdi>
      {after && <span>{after}</span>}
    </>
  );
}
