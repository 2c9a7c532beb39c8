import { FullPageMessage } from '@/components/ui/full-page-message';
import * as shellWords from '@/lib/order/copy/en-US/shell';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <FullPageMessage title={shellWords.unknownPage} message={shellWords.unknownPageHint} />
    </main>
  );
}
