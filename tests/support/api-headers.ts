import { everywhere, neverStored, notPages } from '@/lib/server/api/security-headers';

/** Headers of every answer of the API. */
export const apiHeaders = { ...everywhere, ...notPages, ...neverStored };
