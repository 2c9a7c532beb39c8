/** Four SVG drawings in place of a shopper's photos, in the ratio 4:3. */
export const photos = new Map([
  ['bananas', draw(drawBananas())],
  ['berries', draw(drawBerries())],
  ['bread', draw(drawBread())],
  ['doorstep', draw(drawDoorstep())],
]);

function draw(scene: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="800" height="600">${scene}</svg>`;
}

function drawBananas(): string {
  const bunch = (x: number, y: number, scale: number, colors: [string, string, string]) => {
    const finger = (angleDegrees: number, color: string) =>
      `<path transform="rotate(${angleDegrees})" d="M-8 0C-30 60-20 150 60 190c12 6 24-4 18-16C40 130 22 70 14 0z" fill="${color}" stroke="#8f8a2a" stroke-opacity=".35" stroke-width="3"/>`;
    return `<g transform="translate(${x} ${y}) scale(${scale})">${finger(52, colors[2])}${finger(28, colors[1])}${finger(4, colors[0])}${finger(-20, colors[1])}<path d="M-16-34h26l8 44h-38z" fill="#7d7a2e"/></g>`;
  };
  const green: [string, string, string] = ['#d8d552', '#c3cd4a', '#a9bf45'];
  const yellow: [string, string, string] = ['#f6d54a', '#efc738', '#e2b52e'];
  return `<rect width="800" height="600" fill="#e9e2d3"/>
<rect width="800" height="150" fill="#d9cfba"/>
<rect y="40" width="800" height="18" fill="#c4b698"/>
${bunch(170, 60, 0.5, yellow)}${bunch(420, 60, 0.5, yellow)}${bunch(660, 60, 0.5, yellow)}
<rect y="158" width="800" height="26" fill="#a98559"/><rect y="184" width="800" height="14" fill="#8d6b43"/>
<ellipse cx="250" cy="508" rx="170" ry="26" fill="#000" opacity=".12"/><ellipse cx="580" cy="508" rx="170" ry="26" fill="#000" opacity=".12"/>
${bunch(270, 262, 1.25, green)}${bunch(590, 268, 1.2, green)}
<rect y="520" width="800" height="34" fill="#a98559"/><rect y="554" width="800" height="46" fill="#8d6b43"/>
<g transform="translate(330 512)"><rect width="150" height="66" rx="6" fill="#fff"/><rect x="16" y="14" width="70" height="10" rx="5" fill="#3a7d5c"/><rect x="16" y="34" width="46" height="16" rx="4" fill="#333"/><rect x="70" y="38" width="60" height="8" rx="4" fill="#c9c9c9"/></g>`;
}

function drawBerries(): string {
  const strawberry = (x: number, y: number) =>
    `<g transform="translate(${x} ${y})"><path d="M-30-20C-34 14-12 44 0 48c12-4 34-34 30-68C18-34-18-34-30-20z" fill="#dc3a3f"/><g fill="#f7d488"><circle cx="-12" cy="0" r="2.500"/><circle cx="10" cy="-4" r="2.500"/><circle cx="0" cy="16" r="2.500"/><circle cx="16" cy="12" r="2.500"/><circle cx="-8" cy="28" r="2.500"/></g><path d="M-26-22l14-4-4-14 16 10 16-10-4 14 14 4-26 8z" fill="#4d8f3f"/></g>`;
  const raspberry = (x: number, y: number) => {
    const drupes = [-14, 0, 14].flatMap((dx) =>
      [-14, 0, 14, 26].map(
        (dy) =>
          `<circle cx="${dx * (dy > 20 ? 0.5 : 1)}" cy="${dy}" r="9.500" fill="${(dx + dy) % 4 === 0 ? '#c2295d' : '#d4447a'}"/>`,
      ),
    );
    return `<g transform="translate(${x} ${y})">${drupes.join('')}<ellipse cy="-22" rx="9" ry="4" fill="#8f1c45"/></g>`;
  };
  const box = (x: number, label: string, berries: string) =>
    `<g transform="translate(${x} 150)"><ellipse cx="160" cy="352" rx="170" ry="20" fill="#000" opacity=".14"/><path d="M0 40h320l-26 310H26z" fill="#fff" opacity=".55"/>${berries}<path d="M0 40h320l-26 310H26z" fill="#cfe6ee" opacity=".28"/><rect x="-10" y="22" width="340" height="26" rx="10" fill="#fff" opacity=".85"/><rect x="70" y="232" width="180" height="74" rx="8" fill="${label}"/><rect x="92" y="250" width="136" height="12" rx="6" fill="#fff"/><rect x="112" y="276" width="96" height="9" rx="4.500" fill="#fff" opacity=".7"/></g>`;
  const fill = (berry: (x: number, y: number) => string) =>
    [86, 144, 202, 260, 306]
      .flatMap((y, row) =>
        [0, 1, 2, 3, 4].map((column) => berry(160 + (column - 2) * (58 - row * 2.5), y)),
      )
      .join('');
  return `<rect width="800" height="600" fill="#e3ecea"/><rect y="430" width="800" height="170" fill="#b9cdc9"/><rect y="430" width="800" height="10" fill="#9fb8b3"/>
${box(50, '#b8323a', fill(strawberry))}${box(430, '#8f1c45', fill(raspberry))}`;
}

function drawBread(): string {
  const cut = (x: number) =>
    `<path d="M${x} 250q34 60 12 128" fill="none" stroke="#f3d9a8" stroke-width="20" stroke-linecap="round"/>`;
  const steam = (x: number) =>
    `<path d="M${x} 170q-26-34 0-66t0-66" fill="none" stroke="#fff" stroke-width="12" stroke-linecap="round" opacity=".6"/>`;
  return `<rect width="800" height="600" fill="#c98f5e"/><rect width="800" height="330" fill="#e8c39b"/>
<g fill="#dcb286"><rect x="0" y="80" width="800" height="10"/><rect x="0" y="200" width="800" height="10"/></g>
${steam(300)}${steam(410)}${steam(520)}
<ellipse cx="400" cy="480" rx="310" ry="40" fill="#000" opacity=".16"/>
<path d="M128 410c0-120 110-196 272-196s272 76 272 196c0 40-40 54-90 54H218c-50 0-90-14-90-54z" fill="#b86b2e"/>
<path d="M160 372c16-84 108-132 240-132s224 48 240 132c-40-54-130-82-240-82s-200 28-240 82z" fill="#d28a45"/>
${cut(270)}${cut(360)}${cut(450)}${cut(540)}
<path d="M96 452c60 24 120-8 180 14s130-16 200 4 150-30 228-6l-14 82H112z" fill="#f5ead8"/>
<path d="M112 546c80-40 150 6 230-22s170 20 348-20l-4 42z" fill="#e6d5ba"/>`;
}

function drawDoorstep(): string {
  const bag = (x: number, y: number, scale: number, top: string) =>
    `<g transform="translate(${x} ${y}) scale(${scale})"><ellipse cx="75" cy="206" rx="96" ry="14" fill="#000" opacity=".18"/>${top}<path d="M0 40h150l-8 166H8z" fill="#d3a573"/><path d="M110 40h40l-8 166h-26z" fill="#bd8d5a"/><path d="M0 40l12-12 13 12 12-12 13 12 12-12 13 12 12-12 13 12 12-12 13 12 12-12 13 12z" fill="#d3a573"/><rect x="34" y="98" width="56" height="56" rx="28" fill="#3a7d5c"/><path d="M52 126l10 11 18-22" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/></g>`;
  const greens =
    '<g fill="#5b9a48"><ellipse cx="46" cy="18" rx="16" ry="34" transform="rotate(-18 46 18)"/><ellipse cx="68" cy="10" rx="15" ry="36"/><ellipse cx="90" cy="20" rx="15" ry="32" transform="rotate(20 90 20)"/></g>';
  const loaf =
    '<g transform="rotate(14 90 20)"><rect x="72" y="-44" width="36" height="110" rx="18" fill="#c98440"/><g stroke="#efcf98" stroke-width="6" stroke-linecap="round"><path d="M80-20l20 10M80 4l20 10"/></g></g><circle cx="42" cy="30" r="22" fill="#d8463e"/>';
  return `<rect width="800" height="600" fill="#d8d3c6"/>
<g fill="#cbc5b5"><rect y="70" width="800" height="6"/><rect y="150" width="800" height="6"/><rect y="230" width="800" height="6"/><rect y="310" width="800" height="6"/><rect y="390" width="800" height="6"/></g>
<rect x="70" y="20" width="300" height="430" rx="6" fill="#f3efe6"/><rect x="92" y="40" width="256" height="410" fill="#2f6472"/>
<g fill="#3b7786"><rect x="116" y="66" width="92" height="140" rx="4"/><rect x="232" y="66" width="92" height="140" rx="4"/><rect x="116" y="236" width="92" height="186" rx="4"/><rect x="232" y="236" width="92" height="186" rx="4"/></g>
<circle cx="330" cy="262" r="10" fill="#e3bb55"/>
<rect y="446" width="800" height="154" fill="#a9a296"/><rect y="446" width="800" height="16" fill="#bdb6a9"/>
<path d="M90 476h270l40 70H50z" fill="#6f5b45"/><path d="M106 484h240l26 50H76z" fill="#7f6a52"/>
<g transform="translate(646 300)"><path d="M8 110h104l-14 100H22z" fill="#b8603c"/><g fill="#4d8f52"><ellipse cx="60" cy="60" rx="22" ry="62"/><ellipse cx="26" cy="78" rx="18" ry="50" transform="rotate(-28 26 78)"/><ellipse cx="96" cy="78" rx="18" ry="50" transform="rotate(28 96 78)"/></g></g>
${bag(390, 300, 1, loaf)}${bag(240, 312, 1.05, greens)}`;
}
