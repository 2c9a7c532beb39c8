import { parser } from '@prometheus-io/lezer-promql';

export type Selector = {
  metric: string;
  matchers: { label: string; operator: string; value: string }[];
};

export type Query = { selectors: Selector[]; groupedBy: string[] };

/** The metrics and labels of a query, with Grafana's variables replaced. Throws if it is not PromQL. */
export function readQuery(expression: string): Query {
  const text = expression.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*');
  const query: Query = { selectors: [], groupedBy: [] };
  let inGrouping = false;
  parser.parse(text).iterate({
    enter({ name, type, from, to }) {
      const part = text.slice(from, to);
      const matcher = query.selectors.at(-1)?.matchers.at(-1);
      if (type.isError) throw new Error(`Not PromQL at ${from}: ${text}`);
      if (name === 'GroupingLabels') inGrouping = true;
      if (name === 'Identifier') query.selectors.push({ metric: part, matchers: [] });
      if (name === 'LabelName' && inGrouping) query.groupedBy.push(part);
      if (name === 'LabelName' && !inGrouping)
        query.selectors.at(-1)?.matchers.push({ label: part, operator: '', value: '' });
      if (name === 'MatchOp' && matcher) matcher.operator = part;
      if (name === 'StringLiteral' && matcher) matcher.value = part.slice(1, -1);
    },
    leave({ name }) {
      if (name === 'GroupingLabels') inGrouping = false;
    },
  });
  return query;
}
