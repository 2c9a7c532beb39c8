import { useEffect, useRef } from 'react';

/** A second tap or click on one place follows within this time. */
const DOUBLE_TAP_MS = 400;

type Props = {
  text: string;
  /** Takes the focus of a button that was removed. */
  isFirst?: boolean;
  className?: string;
  onPress: () => void;
};

/**
 * A button of the card. It ignores a press shortly after it has appeared, which was meant for the button that stood in
 * its place before.
 */
export function CardButton({ text, isFirst, className = '', onPress }: Props) {
  const shownAtMs = useRef(Infinity);
  useEffect(() => void (shownAtMs.current = performance.now()), []);
  return (
    <button
      type="button"
      data-focus={isFirst}
      className={`min-h-11 rounded-action border border-line px-3 text-[0.9375rem] font-semibold text-brand-text hover:bg-bubble active:bg-bubble ${className}`}
      onClick={({ timeStamp }) => timeStamp - shownAtMs.current >= DOUBLE_TAP_MS && onPress()}
    >
      {text}
    </button>
  );
}
