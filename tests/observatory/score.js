// Scores one answer as Mozilla's HTTP Observatory would, without its network: {"status", "headers", "html"}
// on standard input, {"score", "grade", "results"} on standard output.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { AxiosHeaders } from 'axios';
import { CookieJar } from 'tough-cookie';

const folder = new URL('./node_modules/@mdn/mdn-http-observatory/', import.meta.url);
// The package's install script would download the browsers' list of HSTS-preloaded hosts; an empty list scores all
// hosts alike.
const preloaded = fileURLToPath(new URL('conf/hsts-preload.json', folder));
if (!existsSync(preloaded)) {
  mkdirSync(new URL('conf/', folder), { recursive: true });
  writeFileSync(preloaded, '{}');
}
const [{ ALL_TESTS }, { Requests }, { getGradeForScore, getScoreModifier }, charts, retriever] =
  await Promise.all(
    ['constants', 'types', 'grader/grader', 'grader/charts', 'retriever/utils'].map(
      (name) => import(new URL(`src/${name}.js`, folder).href),
    ),
  );

const { status, headers, html } = JSON.parse(await text(process.stdin));
const answer = () => ({
  status,
  verified: true,
  data: html,
  headers: new AxiosHeaders(headers),
  request: { headers: new AxiosHeaders() },
  config: { headers: new AxiosHeaders() },
});
const httpEquiv = retriever.parseHttpEquivHeaders(html, 'https://orders.example/');
const requests = new Requests('orders.example');
requests.resources.path = html;
requests.session = { jar: new CookieJar(), url: new URL('https://orders.example/') };
for (const cookie of headers['set-cookie'] ?? [])
  requests.session.jar.setCookieSync(cookie, 'https://orders.example/');
requests.responses.auto = { ...answer(), httpEquiv };
requests.responses.https = answer();
requests.responses.cors = answer();
// Plain http is the load balancer's, which sends it on.
requests.responses.http = answer();
requests.responses.httpRedirects = [
  { url: new URL('http://orders.example/'), status: 301 },
  { url: new URL('https://orders.example/'), status },
];
requests.responses.httpsRedirects = [{ url: new URL('https://orders.example/'), status }];

// The same sum as in the package's scan(): bonuses count only if the score without them is high enough.
const results = ALL_TESTS.map((test) => test(requests));
const modifiers = results.map(({ result }) => getScoreModifier(result));
const losses = modifiers.filter((modifier) => modifier < 0).reduce((sum, one) => sum + one, 100);
const all = modifiers.reduce((sum, one) => sum + one, 100);
const { score, grade } = getGradeForScore(
  losses >= charts.MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : losses,
);
process.stdout.write(
  JSON.stringify({ score, grade, results: results.map(({ result }) => String(result)) }),
);
