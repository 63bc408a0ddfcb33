import { readJson, traceIdOf } from './answer';
import { Fault } from './fault';
import type { Gate, Ticket, TicketEnd } from './gate';
import type { TransportEvent } from './messages';
import type { Order } from './order';
import { LONGEST_WAIT_MS, retryAfterMs } from './pacing';
import type { Site } from './site';
import type { Outcome } from './verdict';
import type { Wire, WireAnswer, WireRequest } from './wire';

export interface AttemptOptions {
  readonly wire: Wire;
  readonly gate: Gate;
  readonly site: Site;
  /** Absent when nobody wants to know: cleaning what is told takes its time. */
  readonly log?: (event: TransportEvent) => void;
  readonly now: () => number;
  /** Counts the bytes of answers. */
  readonly received: (bytes: number) => void;
}

/**
 * Sends an order once: through the gate, onto the wire. Tells the gate how it went and obeys Retry-After.
 * @throws {LiftlockError} only when a welcome answer cannot be read.
 */
export async function attempt(
  order: Order,
  authorization: string | undefined,
  tries: number,
  options: AttemptOptions,
): Promise<Outcome> {
  const ticket = await enter(options.gate);
  if (ticket instanceof Fault) return { type: 'fault', fault: ticket };
  const began = options.now();
  let end: TicketEnd = 'lost';
  try {
    order.onTry?.(tries);
    const answer = await options.wire(wireRequest(order, authorization), order.route);
    end = isThrottled(answer) ? 'throttled' : 'served';
    options.received(answer.bytes);
    logAnswer(answer, order, tries, options.now() - began, options);
    return readAnswer(answer, order, options);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { method, path } = order.subject;
    const durationMs = options.now() - began;
    options.log?.({ type: 'fault', method, path: options.site.clean(path), fault: error.kind, durationMs, try: tries });
    return { type: 'fault', fault: error };
  } finally {
    options.gate.leave(ticket, end);
  }
}

function wireRequest(order: Order, authorization: string | undefined): WireRequest {
  const { method, url } = order.subject;
  const headers = authorization === undefined ? order.headers : { ...order.headers, authorization };
  return { method, url, headers, body: order.body };
}

function readAnswer(answer: WireAnswer, order: Order, options: AttemptOptions): Outcome {
  const wait = isThrottled(answer) ? retryAfterMs(answer.headers['retry-after'], options.now()) : undefined;
  // Before the place is given back, so that nobody slips through.
  if (wait !== undefined && wait > 0 && wait <= LONGEST_WAIT_MS) options.gate.pause(wait);
  const welcome = (answer.status >= 200 && answer.status < 300) || order.accept.includes(answer.status);
  const body = welcome ? readJson(answer, order.subject, options.site) : undefined;
  return { type: 'answer', answer, body, welcome, retryAfterMs: wait };
}

function isThrottled(answer: WireAnswer): boolean {
  return answer.status === 429 || answer.status === 503;
}

function logAnswer(answer: WireAnswer, order: Order, tries: number, durationMs: number, options: AttemptOptions): void {
  if (!options.log) return;
  const { method, path } = order.subject;
  const traceId = traceIdOf(answer);
  options.log({
    type: 'answer',
    method,
    path: options.site.clean(path),
    status: answer.status,
    durationMs,
    try: tries,
    ...(traceId !== undefined && { traceId: options.site.clean(traceId, 80) }),
  });
}

/** The gate refuses with a fault when the transport ends. */
async function enter(gate: Gate): Promise<Ticket | Fault> {
  try {
    return await gate.enter();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
