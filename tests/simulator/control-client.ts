import type { Call } from './calls';
import type { SimulatorControl } from './control';
import type { Decision } from './item-decision';
import { controlPrefix, type ControlInputs, type ControlVerb } from './control-routes';

type Remote<T> = {
  [Name in keyof T]: T[Name] extends (...inputs: infer Inputs) => infer Result
    ? (...inputs: Inputs) => Promise<Result>
    : never;
};

/** Controls a simulator that runs in another process. */
export function createSimulatorControl(simulatorUrl: string): Remote<SimulatorControl> {
  async function post<V extends ControlVerb>(verb: V, input: ControlInputs[V]): Promise<unknown> {
    const response = await fetch(new URL(`${controlPrefix}${verb}`, simulatorUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`simulator ${verb}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async function send<V extends ControlVerb>(verb: V, input: ControlInputs[V]): Promise<void> {
    await post(verb, input);
  }

  return {
    fault: (fault) => send('fault', fault),
    clearFaults: () => send('clear-faults', {}),
    calls: async (filter) => (await post('calls', filter ?? {})) as Call[],
    clearCalls: () => send('clear-calls', {}),
    advance: (ms) => send('advance', { ms }),
    advanceOrder: (orderId, ms) => send('advance-order', { orderId, ms }),
    putOrder: (orderId, order) => send('put-order', { orderId, ...order }),
    setOrder: (orderId, changes) => send('set-order', { orderId, ...changes }),
    setItems: (orderId, lines) => send('set-items', { orderId, lines }),
    setItem: (orderId, itemId, changes) => send('set-item', { orderId, itemId, changes }),
    decisions: async (orderId) => (await post('decisions', { orderId })) as Decision[],
    advanceState: async (orderId, state) =>
      (await post('advance-state', { orderId, ...(state !== undefined && { state }) })) as string,
    simulateEvent: (orderId, event, window) =>
      send('simulate-event', { orderId, event, ...(window && { window }) }),
    removeOrder: (orderId) => send('remove-order', { orderId }),
    addMessage: (orderId, addition) => send('add-message', { orderId, ...addition }),
    markRead: (orderId, messageId, from) =>
      send('mark-read', {
        orderId,
        ...(messageId !== undefined && { messageId }),
        ...(from && { from }),
      }),
    chatTexts: async (orderId) => (await post('chat-texts', { orderId })) as string[],
    expireTokens: () => send('expire-tokens', {}),
    reset: () => send('reset', {}),
  };
}
