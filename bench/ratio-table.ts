import { openBrowser } from './slow-phone';

export type Spread = { min: number; median: number; max: number };

/** The ratio to `beside`, per round; `value` is the measured value as text. */
export type RatioRow = {
  measure: string;
  subject: string;
  beside: string;
  ratio: Spread;
  value: string;
};

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
}

/** The ratios per round. Excess rounds of one side are ignored. */
export function divide(ours: readonly number[], theirs: readonly number[]): Spread {
  return spread(ours.flatMap((value, round) => (theirs[round] ? [value / theirs[round]] : [])));
}

export const toMs = (values: readonly number[]) => `${spread(values).median.toFixed(0)} ms`;

export function printTable(rows: readonly RatioRow[]): void {
  console.table(
    rows.map(({ ratio, ...row }) => ({
      ...row,
      median: Number(ratio.median.toFixed(2)),
      min: Number(ratio.min.toFixed(2)),
      max: Number(ratio.max.toFixed(2)),
    })),
  );
}

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:24px;width:1000px;color:#1a1c19}
table{border-collapse:collapse;width:100%}td,th{padding:4px 10px;border-bottom:1px solid #e1e2dc;text-align:start}
td:nth-child(n+4),th:nth-child(n+4){text-align:end;font-variant-numeric:tabular-nums}
.first td{border-top:2px solid #1a1c19}.ours{font-weight:600}`;

/** Draws the table with a line between measures and our rows in bold. */
export async function drawTable(rows: readonly RatioRow[], title: string, file: string) {
  const lines = rows.map(({ measure, subject, beside, ratio, value }, index) => {
    const isFirst = rows[index - 1]?.measure !== measure;
    const cells = [
      ...[isFirst ? measure : '', subject, beside],
      ...[ratio.median, ratio.min, ratio.max].map((figure) => figure.toFixed(2)),
      value,
    ];
    const kind = `${isFirst ? 'first' : ''} ${/ours|npm start/.test(subject) ? 'ours' : ''}`;
    return `<tr class="${kind}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const names = ['Measure', 'Subject', 'Beside', 'Median', 'Min', 'Max', 'As measured'];
  const head = names.map((name) => `<th>${name}</th>`).join('');
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1_048, height: 200 } });
  await page.setContent(
    `<style>${STYLE}</style><h1>${title}</h1><table><tr>${head}</tr>${lines.join('')}</table>`,
  );
  await page.screenshot({ path: file, fullPage: true });
  await browser.close();
}
