import { commonHeaders, noStoreHeaders, nonPageHeaders } from '@/lib/server/api/security-headers';

/** Headers of every answer of the API. */
export const apiHeaders = { ...commonHeaders, ...nonPageHeaders, ...noStoreHeaders };
