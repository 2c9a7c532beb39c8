type Props = { title: string; message: string; children?: React.ReactNode };

/** Replaces the whole page with a message about the problem and the next step. */
export function FullPageMessage({ title, message, children }: Props) {
  return (
    <div role="alert" className="m-auto max-w-96 px-6 py-16 text-center text-balance">
      <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
      <p className="mt-2 text-quiet">{message}</p>
      {children}
    </div>
  );
}
