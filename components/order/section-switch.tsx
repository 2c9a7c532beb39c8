import type { SectionName } from '@/lib/order/sections';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = {
  names: readonly SectionName[];
  selected: SectionName;
  /** Number of new messages in the chat. */
  unreadCount: number;
  /** Number of replacements to decide. */
  decideCount: number;
  onSelect: (name: SectionName) => void;
};

/** Selects the section that a narrow page shows. A wide page shows all of them. */
export function SectionSwitch({ names, selected, unreadCount, decideCount, onSelect }: Props) {
  const copy = useCopy();
  return (
    <div
      role="group"
      aria-label={copy.sections.label}
      className="section-switch flex flex-wrap gap-1 border-b border-line px-3 wide:hidden"
    >
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === selected}
          className="relative flex min-h-10 items-center px-3 text-sm font-medium text-quiet after:absolute after:inset-x-2.5 after:-bottom-px after:h-[3px] after:rounded-full after:bg-transparent aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:after:bg-brand-text"
          onClick={() => onSelect(name)}
        >
          <span>{copy.sections[name]}</span>
          {name === 'chat' && unreadCount > 0 && (
            <Count count={unreadCount} label={copy.sections.count(unreadCount)} />
          )}
          {name === 'items' && decideCount > 0 && (
            <Count count={decideCount} label={copy.sections.decide(decideCount)} />
          )}
        </button>
      ))}
    </div>
  );
}

function Count({ count, label }: { count: number; label: string }) {
  return (
    <>
      <span
        aria-hidden
        className="ms-1.5 grid h-[1.125rem] min-w-[1.125rem] place-items-center rounded-full border border-brand-edge bg-brand px-1 text-[0.6875rem] font-semibold text-brand-on"
      >
        {count}
      </span>
      <span className="sr-only">{label}</span>
    </>
  );
}
