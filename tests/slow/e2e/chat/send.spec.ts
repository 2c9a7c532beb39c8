import { test } from '@/tests/e2e/support/send-place';
import { testSending } from '@/tests/e2e/support/sending';

test.use({ siteEnv: { LIMITS: 'off' }, allowedNoise: /ERR_INTERNET_DISCONNECTED/ });

testSending('frame');
