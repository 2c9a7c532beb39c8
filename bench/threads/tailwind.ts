import { readFile } from 'node:fs/promises';
import tailwindcss from '@tailwindcss/postcss';
import type { Plugin } from 'esbuild';
import postcss from 'postcss';

/** Tailwind's styles for the peer that is styled with Tailwind. */
export const tailwind: Plugin = {
  name: 'tailwind',
  setup({ onLoad }) {
    onLoad({ filter: /\/assistant\.css$/ }, async ({ path }) => {
      const { css } = await postcss([tailwindcss()]).process(await readFile(path), { from: path });
      return { contents: css, loader: 'css' };
    });
  },
};
