import { FullPageMessage } from '@/components/ui/full-page-message';
import * as shellCopy from '@/lib/order/copy/en-US/shell';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <FullPageMessage title={shellCopy.unknownPage} message={shellCopy.unknownPageHint} />
    </main>
  );
}
