import { test } from '@/tests/e2e/support/embed-test';
import { refusedFrames, testFraming } from '@/tests/e2e/support/framing';

test.use({ allowedNoise: refusedFrames });

testFraming({ name: 'one named in one named', hosts: ['shop', 'partner'], mayFrame: true });
testFraming({ name: 'a name below one that is named', hosts: ['a.shop'], mayFrame: false });
testFraming({ name: 'one named in one that is not', hosts: ['evil', 'shop'], mayFrame: false });
testFraming({ name: 'one not named in one that is', hosts: ['shop', 'evil'], mayFrame: false });
testFraming({
  name: 'one named, far inside one not',
  hosts: ['evil', 'shop', 'partner'],
  mayFrame: false,
});
