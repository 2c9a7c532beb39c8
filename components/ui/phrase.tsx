type Props = {
  /** Builds the sentence around the value, in the word order of its language. */
  of: (value: string) => string;
  /** A name, date or age. */
  value: string;
};

// The object replacement character: no sentence of the copy contains it.
const PLACEHOLDER = '\ufffc';

/** A sentence around a value of unknown text direction. The value is isolated, so it cannot reorder the sentence. */
export function Phrase({ of, value }: Props) {
  const [before, after] = of(PLACEHOLDER).split(PLACEHOLDER);
  return (
    <>
      {before && <span>{before}</span>}
      <bdi>{value}</bdi>
      {after && <span>{after}</span>}
    </>
  );
}
