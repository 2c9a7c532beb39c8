import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '@/lib/order/clean-text';
import { htmlToText } from '@/lib/server/orders/html-to-text';

const toText = (html: string) => cleanText(htmlToText(html));

test.each([
  ['<p>Hi Ada,</p>\n<p>Your order is on its way.</p>', 'Hi Ada,\n\nYour order is on its way.'],
  ['<html><head><title>T</title><style>p{color:red}</style></head><body>Out</body></html>', 'Out'],
  ['Your order<br>is here<br/>now', 'Your order\nis here\nnow'],
  ['<b>Fish</b> &amp; <i>Chips</i>&nbsp;&#8211; 2&#x20AC;', 'Fish & Chips\u00a0– 2€'],
  ['<a href="https://a.example/?x=a>b" title=\'y\'>Track</a>', 'Track'],
  ['<script>alert(1)</script>Delivered', 'Delivered'],
  ['<!-- preheader --><!doctype html>Delivered', 'Delivered'],
  ['<table><tr><td>Milk</td><td>2</td></tr></table>', 'Milk 2'],
  ['one\ntwo <b>three</b>', 'one\ntwo three'],
  ['<div>one\ntwo</div>', 'one two'],
  ['<P STYLE="x">Upper</P>', 'Upper'],
  ['<p>Out<o:p></o:p> for <o:p>delivery</o:p></p>', 'Out for delivery'],
  ['<ST1:City w:st="on">Bonn</ST1:City><v:line/> <my-badge>new</my-badge>', 'Bonn new'],
  ['<div style="color:red; DISPLAY : none !important">Preview</div><p>Out</p>', 'Out'],
  ['<span style="display:none">Preview</span>Out', 'Out'],
  ['<div hidden><div>a</div><br>b<img src=x></div>Out', 'Out'],
  ['<p hidden="">a</p><p>Out</p>', 'Out'],
  ['<div><span hidden>a</div><div>Out</div>', 'Out'],
  ['<td style="display:none"><table><tr><td>a</td></tr></table>b</td><td>Out</td>', 'Out'],
  ['<div hidden><p>a<td/>b</div>Out', 'Out'],
  ['<br hidden>Out', 'Out'],
  ['<p aria-hidden="true" style="display:block">Out</p>', 'Out'],
  ['<p title="display:none" data-hidden>Out</p>', 'Out'],
])('HTML %j becomes %j', (html, text) => {
  expect(toText(html)).toBe(text);
});

test.each([
  'I <3 you',
  '2 < 3 & 4 > 1',
  'AT&T',
  'from <Ada> to </Ada>',
  'from <Mary-Ann> to </Mary-Ann>',
  'from <Ada hidden> to Bob',
  '<mailto:ada@example.com>',
  '<https://a.example/?a=1&copy=2>',
  'eggs <large',
  'a <b',
  'line 1\nline 2',
  '',
  '<',
  '&',
])('plain text %j is unchanged', (text) => {
  expect(toText(text)).toBe(cleanText(text));
});

test('entities are decoded once, so escaped markup stays text', () => {
  expect(toText('&lt;b&gt; and &amp;lt;')).toBe('<b> and &lt;');
});

test.each([
  ['</text\n', '</text\n'],
  ['eggs </large abc', 'eggs </large abc'],
  ['Hi <p>a</p abc', 'Hi\na\n'],
])(
  '%j ends in an unfinished end tag, of which nothing is repeated or lost in part',
  (html, text) => {
    expect(htmlToText(html)).toBe(text);
  },
);

test('the text of any HTML is at most as long as the HTML', () => {
  const piece = fc.constantFrom(
    ...[
      '<p>',
      '</p>',
      '<br/>',
      '<script>',
      '</script>',
      '<b hidden>',
      '</b>',
      '<o:p>',
      '<style',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
    ],
    ...[
      '<a href="',
      '">',
      "'",
      '&amp;',
      '&#0;',
      '&#x110000;',
      'text',
      ' ',
      '\n',
      '<',
      '>',
      '<?',
      '</',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const html = pieces.join('');
      expect(htmlToText(html).length).toBeLessThanOrEqual(html.length);
    }),
    { numRuns: 5_000 },
  );
});

test('the time for hostile HTML grows linearly with its length', () => {
  const seeds = [
    '<a',
    '<a ',
    '<!--',
    '<b>',
    '</i>',
    '<b></i>',
    '&amp',
    '&',
    '<a b="',
    '<script>',
    '<p>',
    '<p hidden>',
    '<o:p>',
    '<p style="display:none;">',
    '<p style=";;;;;;;;  ;  ;">',
  ];
  const cpuMs = (html: string) => {
    const startedAt = process.cpuUsage();
    for (let run = 0; run < 5; run++) htmlToText(html);
    const { user, system } = process.cpuUsage(startedAt);
    return (user + system) / 1_000;
  };
  for (const seed of seeds) {
    const half = seed.repeat(65_536 / seed.length);
    cpuMs(half);
    // Quadratic time would be four times as much; a constant part and garbage collection blur small figures.
    expect(cpuMs(half + half), seed).toBeLessThan(3 * cpuMs(half) + 60);
  }
});

test.each([
  ['a<!--x--><Ada>', 'a<Ada>'],
  ['a<!DOCTYPE html><Ada>', 'a<Ada>'],
  ['a<?xml version="1.0"?><Ada>', 'a<Ada>'],
  ['a<br><Ada>', 'a\n<Ada>'],
  ['a\u0000b<br>c', 'ab\nc'],
  ['a<x-th>b<th-x>c', 'abc'],
  ['<div hidden>a<p/>b</div>c', 'c'],
  ['<div hidden>a</br>b</div>c', 'c'],
  ['<span hidden/>x', 'x'],
  ['<head>a<noscript>b</noscript>c</head>d', 'd'],
  ['<head>a</p>b</head>c', 'c'],
])('%j has the text %j', (html, expected) => {
  expect(htmlToText(html).trim()).toBe(expected);
});

test('of a longer text 131,072 UTF-16 units are read, without an unfinished tag at the cut', () => {
  expect(htmlToText(`&lt;${'x'.repeat(200_000)}`)).toHaveLength(131_072 - '&lt;'.length + 1);
  expect(htmlToText('a<b '.padEnd(131_072, 'x'))).toBe('a<b '.padEnd(131_072, 'x'));
  expect(htmlToText('a<b '.padEnd(131_073, 'x'))).toBe('a');
});
