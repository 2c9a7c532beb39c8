import 'server-only';

// Cubot is a brand of phones, not a bot.
const PREVIEW_AGENT =
  /(?<!\bcu)bot\b|crawler|spider|facebookexternalhit|facebot|whatsapp\/|preview|safelinks|embedly/i;

/**
 * Whether the User-Agent is that of a messaging app or link scanner that fetches links for a preview. Some of them run
 * scripts and receive the fragment too (Mysk, "Link previews", 2020).
 */
export function isLinkPreview(userAgent: string | null | undefined): boolean {
  return PREVIEW_AGENT.test(userAgent ?? '');
}
