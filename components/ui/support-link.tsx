/** A link to the store's help; nothing without an address. */
export function SupportLink({ url, text }: { url: string | undefined; text: string }) {
  if (!url) return null;
  return (
    <p className="mt-3">
      <a href={url} rel="noopener noreferrer" className="font-medium underline underline-offset-2">
        {text}
      </a>
    </p>
  );
}
