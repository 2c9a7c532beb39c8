type Portrait = {
  ground: string;
  glow: string;
  skin: string;
  shade: string;
  hair: string;
  shirt: string;
  /** SVG behind the head. */
  hairBehind: string;
  /** SVG in front of the forehead. */
  hairInFront: string;
  extra?: string;
};

const portraits: Record<string, Portrait> = {
  zelma: {
    ground: '#f3c9a8',
    glow: '#f8dcc4',
    skin: '#c98a62',
    shade: '#b5764f',
    hair: '#3a2420',
    shirt: '#2f7a62',
    hairBehind: '<circle cx="80" cy="30" r="19"/><ellipse cx="80" cy="68" rx="35" ry="36"/>',
    hairInFront:
      '<path d="M47 68c0-24 14-36 33-36s33 12 33 36c-9-3-15-9-19-17-9 10-27 16-47 17z"/>',
    extra:
      '<circle cx="48" cy="86" r="3.5" fill="#e9b949"/><circle cx="112" cy="86" r="3.5" fill="#e9b949"/>',
  },
  amida: {
    ground: '#a9cbe8',
    glow: '#c9e0f3',
    skin: '#8a5a3c',
    shade: '#744a30',
    hair: '#1d1a22',
    shirt: '#e0a526',
    hairBehind:
      '<circle cx="54" cy="50" r="19"/><circle cx="106" cy="50" r="19"/><circle cx="80" cy="38" r="24"/><circle cx="45" cy="72" r="15"/><circle cx="115" cy="72" r="15"/>',
    hairInFront:
      '<path d="M48 66c2-22 14-31 32-31s30 9 32 31c-4-7-9-11-15-12-5-5-11-5-17-1-6-4-12-4-17 1-6 1-11 5-15 12z"/>',
    extra:
      '<g fill="none" stroke="#33261f" stroke-width="2.6"><circle cx="67" cy="79" r="9.5"/><circle cx="93" cy="79" r="9.5"/><path d="M76.500 78q3.500-3 7 0"/></g>',
  },
  rosalind: {
    ground: '#d7c5ea',
    glow: '#e7dbf4',
    skin: '#f0c3a2',
    shade: '#dda985',
    hair: '#b4552d',
    shirt: '#7a3f63',
    hairBehind: '<path d="M44 70c0-27 14-42 36-42s36 15 36 42l4 48c-12 7-68 7-80 0z"/>',
    hairInFront:
      '<path d="M47 76c-2-28 12-42 33-42s35 14 33 42c-5-14-14-23-27-27-8 10-22 17-39 27z"/>',
  },
  john: {
    ground: '#bfe0cd',
    glow: '#d8eee1',
    skin: '#e5b08a',
    shade: '#cf966e',
    hair: '#6b6f78',
    shirt: '#3d5a99',
    hairBehind: '<ellipse cx="80" cy="62" rx="34" ry="31"/>',
    hairInFront:
      '<path d="M47 68c-1-23 12-35 34-35 21 0 33 12 32 35-4-10-9-15-13-17-13 4-29 4-40-1-6 4-11 9-13 18z"/>',
    extra:
      '<path d="M54 88c1 21 12 33 26 33s25-12 26-33c-6 7-13 9-26 9s-20-2-26-9z" fill="#6b6f78"/><path d="M71 102q9 6 18 0" fill="none" stroke="#f4dcca" stroke-width="3.500" stroke-linecap="round"/>',
  },
};

/** SVG portraits of fictitious people. */
export const avatars = new Map(
  Object.entries(portraits).map(([name, portrait]) => [name, draw(portrait)]),
);

function draw(portrait: Portrait): string {
  const { ground, glow, skin, shade, hair, shirt, hairBehind, hairInFront, extra = '' } = portrait;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160" width="160" height="160">
<rect width="160" height="160" fill="${ground}"/>
<circle cx="80" cy="74" r="62" fill="${glow}"/>
<g fill="${hair}">${hairBehind}</g>
<path d="M18 164c2-30 26-44 62-44s60 14 62 44z" fill="${shirt}"/>
<path d="M66 104h28v16c0 10-28 10-28 0z" fill="${shade}"/>
<circle cx="48" cy="80" r="6" fill="${shade}"/><circle cx="112" cy="80" r="6" fill="${shade}"/>
<rect x="49" y="42" width="62" height="74" rx="31" fill="${skin}"/>
<g fill="#2b2026"><circle cx="67" cy="79" r="3.600"/><circle cx="93" cy="79" r="3.600"/></g>
<g fill="none" stroke-linecap="round">
<path d="M61 68q6-4 12-1M87 67q6-3 12 1" stroke="${hair}" stroke-width="3"/>
<path d="M80 82v8q0 3-4 3" stroke="${shade}" stroke-width="2.800"/>
<path d="M69 101q11 9 22 0" stroke="#8c3b3b" stroke-width="3.200"/>
</g>
<g fill="${hair}">${hairInFront}</g>
${extra}
</svg>`;
}
