import { everywhere, neverStored, notPages } from '@/lib/server/api/security-headers';

/** What every answer of the API carries. */
export const apiHeaders = { ...everywhere, ...notPages, ...neverStored };
