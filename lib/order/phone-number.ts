// Finds phone numbers in running text: North American numbers as people group them, and others in international
// form (ITU-T E.164). Numbers of products, orders, cards and parcels look similar and must not become links.

// Separators: space, no-break spaces, hyphens, en dash, full stop.
const SEPARATOR = String.raw`(?: ?[.\u2010-\u2013-] ?|[ \u00a0\u2007\u2009\u202f])`;
// Area codes and exchanges do not begin with 0 or 1 and do not end in 11 (NANPA).
const CODE = String.raw`[2-9](?!11)\d{2}`;
const NORTH_AMERICAN = String.raw`(?:\+?1${SEPARATOR}?)?(?:\(${CODE}\)${SEPARATOR}?|${CODE}${SEPARATOR})${CODE}${SEPARATOR}\d{4}`;
const INTERNATIONAL = String.raw`\+[1-9](?:${SEPARATOR}?\(?\d\)?){7,14}`;

/** Part of a larger pattern with the flags `iu`. */
export const PHONE = String.raw`(?<![\w+./\-=&%@~#$€£¥№]|\d,)(?:${NORTH_AMERICAN}|${INTERNATIONAL})(?!(?!x\d)\w|[-.,/\u2010-\u2013]\d|%)`;

const NORTH_AMERICAN_DIGITS = /^1?[2-9](?!11)\d{2}[2-9](?!11)\d{6}$/;
// Words for other numbers, in English, French and Spanish.
const KIND = String.raw`\b(?:upc|ean|gtin|sku|plu|isbn|issn|asin|lot|batch|serial|bar ?code|item|product|model|part|order|invoice|receipt|tracking|shipment|parcel|confirmation|reservation|reference|ref|acct|account|card|coupon|promo|voucher|ticket|claim|code|id|cup|pedido|factura|rastreo|tarjeta|commande|facture|suivi|colis|carte|art[ií]culo|c[oó]digo)s?\b\.?(?: ?(?:number|num|no|nr|code|id|n[°ºo])\b\.?)?`;
const LABEL = new RegExp(
  // The label is directly before the number. A line break between them is allowed only after a colon, # or =.
  String.raw`(?:${KIND}|(?<!(?:phone|cell|tel|mobile|contact|fax|my)\.? ?)[#№])[ \u00a0:=#–-]*(?:[:=#] *\n\s*|is[ :]*)?$`,
  'iu',
);
/** The label is directly after the number, as in "612-345-6789 (UPC)". */
const LABEL_AFTER = new RegExp(String.raw`^[ \u00a0]?[([]${KIND}[)\]]`, 'iu');
const LABEL_LENGTH = 40;

/** Reads `candidate`, at `index` of `body`, as a phone number; undefined if it is another kind of number. */
export function readPhoneNumber(body: string, candidate: string, index: number) {
  if (LABEL.test(body.slice(Math.max(0, index - LABEL_LENGTH), index))) return undefined;
  const end = index + candidate.length;
  if (LABEL_AFTER.test(body.slice(end, end + LABEL_LENGTH))) return undefined;
  // More groups of digits beside the candidate are a sign of a card or parcel number.
  const isSpaced = /^[\d ]+$/.test(candidate);
  const after = body.slice(end, end + 4);
  if (
    isSpaced &&
    (/^ \d{3}/.test(after) || /\d{3} $/.test(body.slice(Math.max(0, index - 4), index)))
  )
    return undefined;
  // A single digit at the end belongs to the sentence: "+44 20 7946 0958 2 times".
  const text = candidate.replace(/(?: \d)+$/, '');
  // The zero of "+44 (0)20 …" is dialled only within the country.
  const number = text.replace('(0)', '').replace(/[^\d+]/g, '');
  const isKnown = /^\+[2-9]/.test(number)
    ? number.length > 8
    : NORTH_AMERICAN_DIGITS.test(number.replace('+', ''));
  const isBalanced = /^[^()]*(?:\(\d+\)[^()]*)*$/.test(text);
  return isKnown && isBalanced ? { text, href: `tel:${number}` } : undefined;
}
