import { FullPageMessage } from '@/components/ui/full-page-message';
import { getPageCopy } from '@/lib/server/pages/page-copy';

export default async function NotFound() {
  const { shellCopy } = await getPageCopy();
  return (
    <main className="flex min-h-dvh">
      <FullPageMessage title={shellCopy.unknownPage} message={shellCopy.unknownPageHint} />
    </main>
  );
}
