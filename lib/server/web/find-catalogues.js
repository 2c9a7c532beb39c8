import { readdir, readFile, writeFile } from 'node:fs/promises';

// A step of npm run build: finds the script of each language's catalogue of the order page, whose name has a hash. The
// HTML preloads it, so that it arrives together with the scripts of the page.

const FOLDER = '.next/static/chunks';
/** A name of a text that only these catalogues define. */
const MARK = /\bmayNotAnswer:/;

const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.js'));
/** @type {{ name: string, locales: string[] }[]} */
const scripts = [];
for (const name of names) {
  const text = await readFile(`${FOLDER}/${name}`, 'utf8');
  if (!MARK.test(text)) continue;
  const tags = text.match(/(?<=["'`])[a-z]{2}-[A-Z]{2}(?=["'`])/g) ?? [];
  scripts.push({ name, locales: [...new Set(tags)] });
}
// A catalogue that is made from another one contains the tag of that one too, so the fewest tags come first.
scripts.sort((a, b) => a.locales.length - b.locales.length);
/** @type {Record<string, string>} */
const addresses = {};
for (const { name, locales } of scripts)
  for (const locale of locales) addresses[locale] ??= `/_next/static/chunks/${name}`;
if (scripts.length !== Object.keys(addresses).length)
  throw new Error('The scripts of the catalogues were not found');
await writeFile('.next/catalogues.json', JSON.stringify(addresses));
