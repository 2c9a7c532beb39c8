const FRESH_MS = 2_000;

/** A view that is fetched at most once per two seconds. */
export function createViewCache(url) {
  let view;
  let loading;
  let asOfMs = -Infinity;

  async function load() {
    const response = await fetch(url);
    const { etag } = Object.fromEntries(response.headers);
    const headers = Object.fromEntries(
      [...response.headers].filter(
        ([name]) => !/^(connection|keep-alive|date|content-length|transfer-encoding)$/.test(name),
      ),
    );
    view = { etag, headers, body: await response.text() };
    asOfMs = Date.now();
    loading = undefined;
    return view;
  }

  return async function readView() {
    if (Date.now() - asOfMs < FRESH_MS) return view;
    return (loading ??= load());
  };
}
