import { test } from '@/tests/e2e/support/embed-test';
import { refusedFrames, testFraming } from '@/tests/e2e/support/framing';

test.use({ allowedNoise: refusedFrames });

testFraming({ name: 'a site that is named', hosts: ['shop'], mayFrame: true });
testFraming({ name: 'a site that is not named', hosts: ['evil'], mayFrame: false });
