import { Apology } from '@/components/ui/apology';
import * as shellWords from '@/lib/order/copy/shell-words';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <Apology title={shellWords.unknownPage} message={shellWords.unknownPageHint} />
    </main>
  );
}
