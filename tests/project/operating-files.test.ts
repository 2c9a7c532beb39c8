import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { toBannerName } from '@/lib/server/config/banner-name';
import { createMetrics } from '@/lib/server/observability/metrics';
import { openMetrics } from '@/tests/support/open-metrics';
import { readQuery } from '@/tests/support/promql';

// The dashboard, the alerts and their documentation name only metrics and sections that exist.

const page = readFileSync('docs/operating.md', 'utf8');
const dashboard = z
  .object({
    panels: z.array(
      z.object({
        title: z.string().min(1),
        targets: z.array(z.object({ expr: z.string().min(1) })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('docs/grafana-dashboard.json', 'utf8')));
const alerts = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            alert: z.string().min(1),
            expr: z.string().min(1),
            labels: z.object({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.object({ summary: z.string().min(20), action: z.string().min(20) }),
          }),
        ),
      }),
    ),
  })
  .parse(parseYaml(readFileSync('docs/alerts.yml', 'utf8')))
  .groups.flatMap(({ rules }) => rules);

const queries = [
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => ({ where: title, expr })),
  ),
  ...alerts.map(({ alert, expr }) => ({ where: alert, expr })),
];

/** Each metric with its labels and their values. */
async function readLabels(): Promise<Map<string, Map<string, Set<string>>>> {
  const metrics = createMetrics(toBannerName('www.fresh.example'));
  metrics.observe({ snapshotCount: () => 0, freshMs: () => 2_000, sustainableRate: () => 1 });
  metrics.observeRedis({ revocationsAgeMs: () => 0 });
  const known = new Map<string, Map<string, Set<string>>>([['up', new Map()]]);
  const env = { METRICS_HOST: '127.0.0.1', METRICS_PORT: 0 };
  const text = await (await fetch(await openMetrics({ env, metrics: metrics.registry }))).text();
  for (const line of text.split('\n')) {
    const [, name = '', labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (!name) continue;
    const values = known.get(name) ?? new Map<string, Set<string>>();
    known.set(name, values);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g))
      values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  return known;
}

test('every query is valid PromQL with existing metrics, labels and values', async () => {
  const known = await readLabels();
  expect(queries.length).toBeGreaterThan(30);
  for (const { where, expr } of queries) {
    const { selectors, groupedBy } = readQuery(expr);
    expect(selectors.length, where).toBeGreaterThan(0);
    const labels = new Set(['instance']);
    for (const { metric, matchers } of selectors) {
      const values = known.get(metric);
      expect(values, `${where}: ${metric}`).toBeDefined();
      for (const label of values?.keys() ?? []) labels.add(label);
      expect(matchers, where).toContainEqual({
        label: 'job',
        operator: '=',
        value: 'order-status',
      });
      for (const { label, operator, value } of matchers) {
        if (label === 'job' || label === 'instance') continue;
        const alternatives = operator === '=~' ? value.split('|') : [value];
        for (const alternative of alternatives) {
          const isMet = [...(values?.get(label) ?? [])].some((each) =>
            new RegExp(`^(?:${alternative})$`).test(each),
          );
          expect(isMet, `${where}: ${metric} ${label}${operator}"${alternative}"`).toBe(true);
        }
      }
    }
    for (const label of groupedBy) expect([...labels], where).toContain(label);
  }
});

test('readQuery rejects invalid PromQL and returns the selectors and labels of a query', () => {
  expect(() => readQuery('sum(rate(a_total[5m])')).toThrow('Not PromQL');
  expect(readQuery('sum by (b) (rate(a_total{c=~"d|e"}[5m])) > 0')).toEqual({
    selectors: [{ metric: 'a_total', matchers: [{ label: 'c', operator: '=~', value: 'd|e' }] }],
    groupedBy: ['b'],
  });
});

test('every metric of the server is used in a query and documented', async () => {
  const shown = queries.flatMap(({ expr }) =>
    readQuery(expr).selectors.map(({ metric }) => metric),
  );
  const described = [...page.matchAll(/`(order_status_\w+)`/g)].map(([, name]) => name);
  const own = [...(await readLabels()).keys()]
    .filter((name) => name.startsWith('order_status_'))
    .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  for (const name of own) {
    expect(shown.map((metric) => metric.replace(/_bucket$/, ''))).toContain(name);
    expect(described).toContain(name);
  }
  expect(own).toEqual(expect.arrayContaining(described));
});

test('every alert has a documented action, and every linked section exists', () => {
  const explained = [...page.matchAll(/^\| `(\w+)` +\| \S/gm)].map(([, name]) => name);
  expect(explained).toEqual(expect.arrayContaining(alerts.map(({ alert }) => alert)));
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );
  for (const [, anchor] of page.matchAll(/\]\(#([\w-]+)\)/g)) expect(headings).toContain(anchor);
});
