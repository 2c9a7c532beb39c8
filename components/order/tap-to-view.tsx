import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import type { ShellCopy } from '@/lib/order/copy/en-US/shell';
import { Button } from '@/components/ui/button';

/**
 * Shows a button, because a messenger's link preview does not press buttons; order-status.tsx handles the tap. The
 * server renders it, so that the bundle does not contain it.
 */
export function TapToView({ copy, shellCopy }: { copy: OrderCopy; shellCopy: ShellCopy }) {
  return (
    <div className="m-auto max-w-96 px-6 py-16 text-center text-balance">
      <h1 className="text-2xl font-semibold tracking-tight">{copy.title('')}</h1>
      <p className="mt-2 text-quiet">{shellCopy.tapToViewHint}</p>
      <Button variant="primary" className="mt-4 px-6">
        {shellCopy.showOrder}
      </Button>
    </div>
  );
}
