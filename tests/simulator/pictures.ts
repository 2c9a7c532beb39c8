import { avatars } from './picture-avatars';
import { photos } from './picture-photos';
import type { Reply } from './replies';

/** SVG pictures in place of Connect's: `/pictures/avatar/{name}.svg` and `/pictures/photo/{name}.svg`. */
export function findPicture(pathname: string): Reply | undefined {
  const [, kind, name] = /^\/pictures\/(avatar|photo)\/([a-z]+)\.svg$/.exec(pathname) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const svg = (kind === 'avatar' ? avatars : photos).get(name);
  if (svg === undefined) return undefined;
  return {
    status: 200,
    body: svg,
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=3600',
      'cross-origin-resource-policy': 'cross-origin',
    },
  };
}
