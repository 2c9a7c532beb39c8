import { EMBED_SCRIPT, FALLBACK_ID, FALLBACK_STYLE } from '@/lib/client/embed/embed-script';
import type { ShellCopy } from '@/lib/order/copy/en-US/shell';
import { HeadInsert } from '@/components/ui/head-insert';
import { NewTabFallback } from './new-tab-fallback';

type Props = {
  nonce: string;
  shellCopy: ShellCopy;
  /** Inline script that runs before the shell's script. */
  earlyScript?: string;
  children: React.ReactNode;
};

/** Renders the outer elements of a page in a frame. It has no store header, because the host page has one. */
export function EmbedShell({ nonce, shellCopy, earlyScript = '', children }: Props) {
  return (
    <div className="page-frame embedded">
      <HeadInsert>
        <style nonce={nonce}>{FALLBACK_STYLE}</style>
        <script nonce={nonce}>{`${earlyScript};${EMBED_SCRIPT}`}</script>
      </HeadInsert>
      <div id={FALLBACK_ID} hidden suppressHydrationWarning>
        <NewTabFallback shellCopy={shellCopy} />
      </div>
      <noscript>
        <NewTabFallback shellCopy={shellCopy} />
      </noscript>
      <main className="script-only flex min-h-0 flex-1 flex-col">{children}</main>
    </div>
  );
}
