import * as shellWords from '@/lib/order/copy/en-US/shell';

/** Whose page it is, and a button that a messenger's preview does not press. From the server: few see it. */
export function TapToView() {
  return (
    <div className="m-auto max-w-96 px-6 py-16 text-center text-balance">
      <h1 className="text-2xl font-semibold tracking-tight">{shellWords.pageTitle}</h1>
      <p className="mt-2 text-quiet">{shellWords.askFirst}</p>
      <button
        type="button"
        className="mt-4 min-h-11 rounded-full bg-brand px-6 font-medium text-brand-on"
      >
        {shellWords.show}
      </button>
    </div>
  );
}
