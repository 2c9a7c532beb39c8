import * as shellCopy from '@/lib/order/copy/en-US/shell';

export function SupportLink({ url }: { url: string | undefined }) {
  if (!url) return null;
  return (
    <p className="mt-3">
      <a href={url} rel="noopener noreferrer" className="font-medium underline underline-offset-2">
        {shellCopy.support}
      </a>
    </p>
  );
}
