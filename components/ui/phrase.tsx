type Props = {
  /** Builds the sentence around the value, in the word order of its language. */
  of: (value: string) => string;
  /** A name, date or age. */
  value: string;
};

// No sentence of ours contains it, and values are inserted as elements.
const PLACEHOLDER = '\ufffc';

/** A sentence around a value of unknown direction: the value alone is isolated, so it cannot reorder the sentence. */
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
