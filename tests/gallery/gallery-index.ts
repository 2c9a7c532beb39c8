import type { Locale } from '@/lib/order/copy/locales';

/** `isFrame`: the page as a host page frames it. `locale`: absent for English. */
export type Size = {
  name: string;
  width: number;
  height: number;
  isFrame?: boolean;
  locale?: Locale;
};

export function toFileName(state: string, size: string, colorScheme: string): string {
  return `${state.replace(/\W+/g, '-')}-${size}-${colorScheme}.png`;
}

/** An HTML page that shows the pictures of each state side by side. */
export function composeIndex(
  states: readonly { state: string; sizes: readonly Size[] }[],
  colorSchemes: readonly string[],
): string {
  const figures = (state: string, sizes: readonly Size[]) =>
    sizes.flatMap(({ name, width, height }) =>
      colorSchemes.map((colorScheme) => {
        const file = toFileName(state, name, colorScheme);
        return `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"
          width="${width / 2}" height="${height / 2}"></a>
          <figcaption>${name} ${width}×${height}, ${colorScheme}</figcaption></figure>`;
      }),
    );
  const sections = states.map(
    ({ state, sizes }) =>
      `<section><h2>${state}</h2><div>${figures(state, sizes).join('')}</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>States of the order page</title>
    <style>
      body { font: 14px system-ui; margin: 2rem; background: #ddd }
      div { display: flex; flex-wrap: wrap; gap: 1rem }
      figure { margin: 0 }
    </style>
    <h1>States of the order page</h1>${sections.join('\n')}`;
}
