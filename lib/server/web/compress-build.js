import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

// Last step of npm run build: compresses the files that browsers load, at the highest levels.

const [folder = '.next/static'] = process.argv.slice(2);
const MIN_BYTES_TO_COMPRESS = 1_024;

const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);

const names = await readdir(folder, { recursive: true });
for (const name of names.filter((each) => /\.(?:js|css)$/.test(each))) {
  const file = join(folder, name);
  const content = await readFile(file);
  if (content.length < MIN_BYTES_TO_COMPRESS) continue;
  await writeFile(`${file}.gz`, await asGzip(content, { level: constants.Z_BEST_COMPRESSION }));
  await writeFile(`${file}.br`, await asBrotli(content));
}
