// Three stores for BANNERS_FILE.

/** Link keys of the sample stores, by host. */
export const bannerKeys = {
  'www.fresh.example': Buffer.alloc(32, 11),
  'www.value.example': Buffer.alloc(32, 12),
  'orders.corner.example': Buffer.alloc(32, 13),
};
export type Host = keyof typeof bannerKeys;
export const hosts: readonly Host[] = [
  ...(['www.fresh.example', 'www.value.example', 'orders.corner.example'] as const),
];

/** The entry of a store in BANNERS_FILE. */
export function composeBanner(host: Host, changes: object = {}) {
  const linkKeys = `test:${bannerKeys[host].toString('base64url')}`;
  return { retailerId: `id-${host}`, name: `Store ${host}`, linkKeys, ...changes };
}
