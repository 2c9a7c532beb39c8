type Props = { title: string; hint: string; children?: React.ReactNode };

/** Shows a title and a hint while there is no content yet. */
export function EmptyState({ title, hint, children }: Props) {
  return (
    <div className="m-auto max-w-80 p-6 text-center text-balance">
      <p className="font-semibold">{title}</p>
      <p className="mt-1 text-quiet">{hint}</p>
      {children}
    </div>
  );
}
