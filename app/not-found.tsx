import { Apology } from '@/components/apology';
import { words } from '@/lib/order/words';

export default function NotFound() {
  return (
    <main className="flex min-h-dvh">
      <Apology title={words.unknownPage} message={words.unknownPageHint} />
    </main>
  );
}
