import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

export {
  act,
  createEvent,
  fireEvent,
  render,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
export { default as userEvent } from '@testing-library/user-event';

afterEach(cleanup);
