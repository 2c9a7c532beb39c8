import { Apology } from '@/components/apology';
import { shellWords } from '@/lib/order/shell-words';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <Apology title={shellWords.unknownPage} message={shellWords.unknownPageHint} />
    </main>
  );
}
