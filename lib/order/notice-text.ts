// Compares notices of one event whose wording differs per medium: an SMS with a link and an opt-out, an e-mail with
// a greeting. Compares whole sentences: "Delivered" is not part of "Delivered to neighbour".

// Longer texts are not compared. All patterns of this file run in linear time.
const MAX_LENGTH = 10_000;
// Control characters never occur in cleaned text.
const ADDRESS_MARK = '\u0000';
const ADDRESS = /\bhttps?:\/\/\S+|\bwww\.\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)+\/\S*/giu;
const SENTENCE_END = /(?<![.!?…])[.!?…]+(?=\s|$)|[。！？]|\n+/u;
// Emoji that mean "no" are part of the statement, so they stay.
const EDGE_PUNCTUATION =
  /^(?:[\s:;,*•)\]–—-]|(?![❌❎✖⛔🚫])\p{Extended_Pictographic}|[\p{RI}\p{EMod}\ufe0f\u200d])+|(?<![\s:;,([–—-])[\s:;,([–—-]+$/gu;
const LINK_INTRODUCTION =
  /^(?:track|view|see|details|follow|more|click|tap|visit|open|suivez|voir|ver|sigue)\b/u;
const KEYWORD = 'stop|stopall|help|end|unsubscribe|arret|arrêt|aide|alto|ayuda';
const STOP = 'stop(?:all)?|end|unsubscribe|arr[eê]t|alto';
const REPLY = 'reply|text|txt|send|respond|répondez|envoyez|responde|envíe';
const OPT_OUT = new RegExp(
  [
    String.raw`\b(?:${REPLY})\b.{0,40}?\b(?:${KEYWORD})\b.*$`,
    // A verb, spaces and a full stop before it are optional: "STOP to opt out", "Stop2End HELP4help".
    String.raw`(?:\b(?:${REPLY}) (?:with )?)?["'(]{0,2}\b(?:${STOP})["']? ?(?:to|2|=|:|pour|para) ?["']?(?:opt[ -]?out|end|quit|exit|stop|cancel|unsub(?:scribe)?|(?:vous |se )?d[eé]s(?:inscrire|abonner)|arr[eê]ter|annuler|cancelar|salir)\b.{0,40}$`,
    String.raw`["'(]{0,2}\b(?:help|info|aide|ayuda)["']? ?(?:for|4|=|:|pour|para) ?["']?(?:help|info|aide|ayuda)\b.{0,10}$`,
    String.raw`\bstop (?:sms )?(?:au )?\d{4,6}\W*$`,
    String.raw`^["'(]*(?:${KEYWORD})\W*$`,
    String.raw`\b(?:msg|message|data)\b.{0,20}\b(?:rates?|freq(?:uency)?)\b.*$`,
  ].join('|'),
  'u',
);
// A greeting or the store's name ends with one of these, as in "Hi Ada, …" and "Fresh Market: …".
const INTRODUCTION_ENDS = [', ', ': ', ' – ', ' — ', ' - '];
const MIN_WORDS_AFTER_INTRODUCTION = 3;
const MAX_TRIES = 8;

/**
 * The sentences of a cleaned text, one per line, in lower case, without addresses and without the opt-out at its end.
 * Empty if no sentence is left to compare.
 */
export function toSentences(text: string): string {
  if (text.length > MAX_LENGTH) return '';
  const sentences = text
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(ADDRESS, ADDRESS_MARK)
    .split(SENTENCE_END)
    .map((sentence) => trimEdges(sentence.toLowerCase().replace(/\s+/gu, ' ')))
    .filter((sentence) => !(sentence.includes(ADDRESS_MARK) && LINK_INTRODUCTION.test(sentence)))
    .map((sentence) => trimEdges(sentence.replaceAll(ADDRESS_MARK, '')))
    .filter(Boolean);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const last = sentences.at(-1) ?? '';
    const rest = trimEdges(last.replace(OPT_OUT, ''));
    if (rest === last) break;
    sentences.pop();
    if (rest) sentences.push(rest);
  }
  return sentences.join('\n');
}

function trimEdges(text: string): string {
  return text.replace(EDGE_PUNCTUATION, '');
}

/** Whether one text equals or contains the other. Both are results of `toSentences`. */
export function hasSameMeaning(one: string, other: string): boolean {
  if (!one || !other) return false;
  return one === other || contains(one, other) || contains(other, one);
}

function contains(whole: string, part: string): boolean {
  if (part.length >= whole.length) return false;
  // A single word identifies an event only as the first sentence: "Thanks!" may end any notice.
  if (!part.includes(' ')) return whole.startsWith(`${part}\n`);
  const [first = ''] = part.split('\n', 1);
  const mayFollowIntroduction = first.split(' ').length >= MIN_WORDS_AFTER_INTRODUCTION;
  let start = -1;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    start = whole.indexOf(part, start + 1);
    if (start < 0) return false;
    const end = start + part.length;
    const before = whole.slice(0, start);
    const startsSentence = before === '' || before.endsWith('\n');
    const followsIntroduction =
      mayFollowIntroduction && INTRODUCTION_ENDS.some((ending) => before.endsWith(ending));
    const endsSentence = end === whole.length || whole[end] === '\n';
    if (endsSentence && (startsSentence || followsIntroduction)) return true;
  }
  return false;
}
