import type { UnshownProblemCode } from './problem';

// What the API says of requests that the page does not make, or has words of its own for.

export const refusals: Record<UnshownProblemCode, { message: string }> = {
  invalid_request: { message: 'The request was not understood. Please reload the page.' },
  read_only_link: { message: 'With this link you can follow the order, but not send messages.' },
  chat_closed: { message: 'Messages cannot be sent at this time.' },
  conflict: { message: 'This message was already sent with another text.' },
  too_large: { message: 'The message is too long to send.' },
  unsupported_media_type: { message: 'The request was not understood. Please reload the page.' },
  send_unconfirmed: { message: 'We could not confirm that your message arrived.' },
  cross_site: { message: 'The request came from another site and was refused.' },
};
