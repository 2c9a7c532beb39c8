/** Parses Prometheus' text format into values by `name{label="value"}`, without zeros. */
export function readSamples(exposition: string): Map<string, number> {
  const samples = exposition
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line): [string, number] => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1).replace('Inf', 'Infinity'))];
    });
  return new Map(samples.filter(([, value]) => value !== 0));
}
