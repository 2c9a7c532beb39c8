import type { Tab } from './tab';

declare global {
  var heardOrderEvents: [string, unknown][];
}

/** Stands before the element and writes down what it says. */
const LISTENER = `<script>
  heardOrderEvents = [];
  for (const name of ['ready', 'height', 'unread', 'expired', 'token-needed', 'error'])
    addEventListener('order-status:' + name, ({ detail, target }) =>
      heardOrderEvents.push([name, detail, target.id]));
</script>`;

/** A host's page with the element in it, as the recipe says. */
export function withElement(ordersUrl: string, token: string, attributes = ''): string {
  return `${LISTENER}<script src="${ordersUrl}/embed.js" async></script>
    <h1>My account</h1><order-status token="${token}" ${attributes}></order-status><p>More of the shop</p>`;
}

/** What the elements have said so far, by the host's page. */
export function heard(tab: Tab): Promise<[name: string, detail: unknown][]> {
  return tab.run(() => globalThis.heardOrderEvents);
}

/** How tall the element's frame is. */
export function frameHeight(tab: Tab, selector = 'order-status'): Promise<number> {
  return tab.run(
    (wanted) =>
      document.querySelector(wanted)?.shadowRoot?.querySelector('iframe')?.clientHeight ?? 0,
    selector,
  );
}
