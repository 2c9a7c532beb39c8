import * as shellCopy from '@/lib/order/copy/en-US/shell';
import { Button } from '@/components/ui/button';

/** Whose page it is, and a button that a messenger's preview does not press. From the server: few see it. */
export function TapToView() {
  return (
    <div className="m-auto max-w-96 px-6 py-16 text-center text-balance">
      <h1 className="text-2xl font-semibold tracking-tight">{shellCopy.pageTitle}</h1>
      <p className="mt-2 text-quiet">{shellCopy.askFirst}</p>
      <Button variant="primary" className="mt-4 px-6">
        {shellCopy.show}
      </Button>
    </div>
  );
}
