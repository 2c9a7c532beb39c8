import 'server-only';

// Telephones by the name of Cubot are held by people.
const PREVIEW =
  /(?<!\bcu)bot\b|crawler|spider|facebookexternalhit|facebot|whatsapp\/|preview|safelinks|embedly/i;

/**
 * Whether a User-Agent is that of a messenger or a scanner that looks at a link before the customer does.
 * Some of them run scripts and have the whole link (Mysk, "Link previews", 2020).
 */
export function isLinkPreview(userAgent: string | null | undefined): boolean {
  return PREVIEW.test(userAgent ?? '');
}
