import { EARLY_REQUEST_SCRIPT } from '@/lib/client/early-request-script';

/** Asks for the order before all else. To stand before scripts that wait for the style sheet. */
export function EarlyRequest({ nonce }: { nonce: string }) {
  return (
    <script type="module" async nonce={nonce} suppressHydrationWarning>
      {EARLY_REQUEST_SCRIPT}
    </script>
  );
}
