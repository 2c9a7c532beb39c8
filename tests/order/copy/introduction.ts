/** The beginning of docs/translations.md. */
export const INTRODUCTION = `# Translations

Every text of the page with its translations, for a review by native speakers. The tables are made from the catalogues in
\`lib/order/copy\`: change a text there, then run \`npx vitest run tests/order/copy -u\`. \`en-CA\` differs from \`en-US\`
only in spelling (cancelled, colour, licence plate, grey). \`{name}\` and the like are values; a text with a number is
listed for 1 and for 5. ⍽ is a space that does not break.

Conventions: French says _vous_, Spanish says _usted_. French is that of Québec: _texto_, _courriel_, no space before
\`?\` and \`!\`, a space that does not break before \`:\`. Times, dates, ages and numbers come from \`Intl\` in the page's
locale: \`14 h 41\` and \`il y a 2 min\`, \`2:41 p.m.\` and \`hace 2 min\`.

Doubts, which need a native speaker:

- "Shopper" is _acheteur_ and _comprador_, in the masculine. The headlines avoid the word.
- "Pickup" is _cueillette_, the word of the grocers of Québec; the Office québécois also has _ramassage_. In Spanish it is
  _recoger_, without a noun.
- "Updates" is _mises à jour_, and _Suivi_ where there is no room; in Spanish _novedades_ and not _actualizaciones_.
- "Chat" is _Messages_ in French, because _clavardage_ is long and _chat_ is not used in Québec; it stays _Chat_ in Spanish.
- "Keep it" is _Accepter_ and _Aceptar_: both accept a replacement rather than keep it. "Refund it" is _Rembourser_ and
  _Reembolso_. A replacement is _remplacement_; grocers also say _substitution_.
- "Expired" of a chat is _n’est plus disponible_ and _ya no está disponible_.
- "Is shopping your order" is _fait vos achats_; _prépare votre commande_ would be confused with the packing.
- A window says _14 h_ and a clock _14 h 00_, as Intl writes them.
- In Spanish a car is _auto_, a truck _camioneta_, and curbside pickup _en el auto_.
- Car colours agree with the noun in French (_camionnette blanche_, _VUS blanc_) and in Spanish; _SUV_ and _hatchback_ are
  masculine in Spanish here.
`;
