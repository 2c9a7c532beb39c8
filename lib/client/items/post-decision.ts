import { requestJson } from '@/lib/client/order/order-request';
import { isItemLine } from '@/lib/order/is-items';
import type { ItemLine } from '@/lib/order/order-view';
import { isProblemCode } from '@/lib/order/problem';
import type { DecisionAnswer } from './decision-answer';
import type { Choice } from './decisions';

const DECISION_PATH = '/api/order/replacements';

/** Sends one decision, once: the answer of a broken connection is `unconfirmed`. Never rejects. */
export async function postDecision(
  token: string,
  itemId: string,
  choice: Choice,
): Promise<DecisionAnswer> {
  try {
    const { response, body } = await requestJson(DECISION_PATH, token, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ itemId, decision: choice }),
      // The answer of a customer who leaves the page is still sent.
      keepalive: true,
    });
    const { item, error } = Object(body);
    // A 204 or a foreign JSON body comes from another server, for example of a captive portal.
    if (response.ok)
      return isItemLine(item) ? { kind: 'decided', line: item } : { kind: 'unconfirmed' };
    return toRefusal(error?.code, isItemLine(item) ? item : undefined);
  } catch {
    return { kind: 'unconfirmed' };
  }
}

function toRefusal(code: unknown, line: ItemLine | undefined): DecisionAnswer {
  switch (code) {
    case 'already_decided':
      return { kind: 'already', line };
    case 'too_late':
      return { kind: 'too_late', line };
    case 'item_not_found':
    case 'order_not_found':
      return { kind: 'gone' };
    case 'link_invalid':
    case 'link_expired':
    case 'read_only_link':
      return { kind: 'link_over' };
    case 'slow_down':
      return { kind: 'slow_down' };
    case 'send_unconfirmed':
    case 'upstream_timeout':
      return { kind: 'unconfirmed' };
    default:
      // Another server, for example of a captive portal, sends no code of ours: the decision may have passed it.
      return { kind: isProblemCode(code) ? 'not_sent' : 'unconfirmed' };
  }
}
