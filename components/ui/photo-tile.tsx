/** The size of a photo in the thread. */
export const PHOTO_BOX = 'mt-1 h-45 w-60';

type TileProps = { text: string; className?: string; children?: React.ReactNode };

/** The box of a picture that cannot be shown, with the reason. */
export function PhotoTile({ text, className = PHOTO_BOX, children }: TileProps) {
  return (
    <div
      className={`grid max-w-full place-content-center justify-items-center gap-1 overflow-y-auto rounded-box border border-dashed border-quiet p-4 text-center text-sm text-quiet ${className}`}
    >
      <p>{text}</p>
      {children}
    </div>
  );
}
