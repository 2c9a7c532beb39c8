import type { ProblemCode, UnshownProblemCode } from '@/lib/order/problem';

// Error messages of the API for which the page has no full-page message.

export const apiErrors: Record<UnshownProblemCode, { message: string }> = {
  invalid_request: { message: 'The request was not understood. Please reload the page.' },
  api_key_invalid: { message: 'The API key is missing or wrong.' },
  order_revoked: { message: 'The links of this order are revoked.' },
  read_only_link: { message: 'With this link you can follow the order, but not send messages.' },
  chat_closed: { message: 'Messages cannot be sent at this time.' },
  conflict: { message: 'This message was already sent with another text.' },
  already_decided: { message: 'This replacement was already decided.' },
  too_late: { message: 'Your shopper has already paid, so this item can no longer be changed.' },
  not_ready: { message: 'Your order is not ready for pickup.' },
  item_not_found: { message: 'This item is not in your order.' },
  too_large: { message: 'The message is too long to send.' },
  unsupported_media_type: { message: 'The request was not understood. Please reload the page.' },
  send_unconfirmed: { message: 'We could not confirm that your message arrived.' },
  cross_site: { message: 'The request came from another site and was refused.' },
};

/** Messages of the routes that change an order, where those above speak of chat messages. */
export const changeErrors: Partial<Record<ProblemCode, string>> = {
  read_only_link: 'With this link you can follow the order, but not change it.',
  too_large: 'The request was not understood. Please reload the page.',
  send_unconfirmed: 'We could not confirm your choice. Please check the item in a moment.',
};

/** Messages of `POST /api/order/arrival`. */
export const arrivalErrors: Partial<Record<ProblemCode, string>> = {
  ...changeErrors,
  send_unconfirmed:
    'We could not confirm that the store knows you have arrived. Please contact the store.',
};

/** Messages of `PUT /api/order/vehicle`. */
export const vehicleErrors: Partial<Record<ProblemCode, string>> = {
  ...changeErrors,
  send_unconfirmed: 'We could not confirm that your vehicle was saved. You can save it again.',
};

/** Messages of `POST /api/links`. Back ends call it, so the readers are engineers. */
export const mintErrors: Partial<Record<ProblemCode, string>> = {
  invalid_request: 'The body must be JSON in UTF-8.',
  api_key_invalid:
    'The API key is missing or wrong. Send the header "Authorization: Bearer {LINKS_API_KEY}".',
  order_revoked:
    'The links of this order are revoked. Restore it first: npm run link -- --restore --order ID.',
  too_large: 'The body must be at most 8 KiB.',
  unsupported_media_type: 'The Content-Type must be application/json.',
  cross_site: 'Browsers of other sites may not call this. Call it from a back end.',
  slow_down:
    'Too many requests with a wrong API key from this address. See the Retry-After header.',
};
