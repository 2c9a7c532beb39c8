import type { ShellCopy } from '@/lib/order/copy/en-US/shell';

// Copy of the page after an error. An error may come before a catalogue has loaded, so the HTML has it in an attribute.

export type ErrorCopy = ShellCopy['failed'] & { support: string };

const ENGLISH: ErrorCopy = {
  title: 'Something went wrong on this page',
  hint: 'Your order itself is not affected.',
  reload: 'Reload',
  support: 'Contact the store',
};

/** The copy in the language of the HTML, from the attribute `data-failed`. English without it. */
export function readErrorCopy(): ErrorCopy {
  const text = globalThis.document?.documentElement.dataset['failed'];
  return text ? JSON.parse(text) : ENGLISH;
}
