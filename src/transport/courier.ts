import { LiftlockError } from '../model/problem';
import { attempt, type AttemptOptions } from './attempt';
import { Fault } from './fault';
import { unknownOutcome } from './fault-words';
import type { HttpResponse } from './messages';
import type { Order } from './order';
import { outcomeError } from './outcome-error';
import { backoffMs, LONGEST_WAIT_MS } from './pacing';
import { judge, type AnswerOutcome, type Outcome } from './verdict';

const MOST_TRIES = 4;

export interface CourierOptions extends AttemptOptions {
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
}

/** Delivers orders: sends each again where that is safe, looks it up where it may have arrived, renews credentials once. */
export class Courier {
  private reached = false;

  constructor(private readonly options: CourierOptions) {}

  /**
   * Delivers one order.
   * @throws {LiftlockError} for everything but a 2xx or accepted answer; a ServerError for an error status.
   */
  async deliver(order: Order): Promise<HttpResponse> {
    let renewed = false;
    let sent = 0;
    for (let tries = 1; ;) {
      const authorization = await order.authorizer?.header();
      sent += 1;
      const outcome = await attempt(order, authorization, sent, this.options);
      if (outcome.type === 'answer') this.reached = true;
      // A 401 means that nothing was done: with new credentials every request may go out again, once.
      if (!renewed && isUnauthorized(outcome) && (await this.renew(order, authorization))) {
        renewed = true;
        continue;
      }
      const answer = await this.settle(order, outcome, tries);
      if (answer !== undefined) return answer;
      tries += 1;
    }
  }

  private async renew(order: Order, rejected: string | undefined): Promise<boolean> {
    return rejected !== undefined && (await order.authorizer?.renew(rejected)) === true;
  }

  /** Returns the answer, throws the error, or waits and returns undefined: the order is to be sent again. */
  private async settle(order: Order, outcome: Outcome, tries: number): Promise<HttpResponse | undefined> {
    const { repeatable, arrived } = order;
    const verdict = judge(outcome, { repeatable, canLookUp: arrived !== undefined, reached: this.reached });
    if (outcome.type === 'answer' && verdict === 'done') return responseOf(outcome);
    const error = outcomeError(outcome, order, this.options.site);
    const last = tries >= MOST_TRIES || asksForTooMuch(outcome);
    if (verdict === 'final' || (verdict === 'repeat' && last)) throw error;
    const delayMs = hasRetryAfter(outcome) ? 0 : backoffMs(tries, this.options.random());
    if (verdict === 'repeat') {
      this.announce(order, outcome, delayMs, tries);
      await this.pause(order, delayMs);
      return undefined;
    }
    // Waits before it looks: what was sent may still be under way in the server.
    if (arrived !== undefined) await this.pause(order, delayMs);
    const found = await this.lookUp(arrived, error);
    if (found !== undefined) return found;
    if (last) throw error;
    this.announce(order, outcome, 0, tries);
    return undefined;
  }

  /** @throws {LiftlockError} `outcome-unknown` when there is no way to look, or looking fails. */
  private async lookUp(arrived: Order['arrived'], reason: LiftlockError): Promise<HttpResponse | undefined> {
    const { site } = this.options;
    if (arrived === undefined) throw unknownOutcome(reason, site);
    try {
      return await arrived();
    } catch (error) {
      if (!(error instanceof LiftlockError)) throw error;
      throw unknownOutcome(reason, site, error);
    }
  }

  private async pause(order: Order, milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    try {
      await this.options.wait(milliseconds);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw outcomeError({ type: 'fault', fault: error }, order, this.options.site);
    }
  }

  private announce(order: Order, outcome: Outcome, delayMs: number, tries: number): void {
    const { method, path } = order.subject;
    const reason = outcome.type === 'answer' ? `http-${outcome.answer.status}` : outcome.fault.kind;
    this.options.log?.({ type: 'retry', method, path: this.options.site.clean(path), reason, delayMs, try: tries });
  }
}

function responseOf({ answer, body }: AnswerOutcome): HttpResponse {
  return { status: answer.status, headers: answer.headers, body };
}

function isUnauthorized(outcome: Outcome): boolean {
  return outcome.type === 'answer' && outcome.answer.status === 401;
}

/** Then the gate makes everybody wait, and no wait of our own is needed. */
function hasRetryAfter(outcome: Outcome): boolean {
  return outcome.type === 'answer' && (outcome.retryAfterMs ?? 0) > 0;
}

function asksForTooMuch(outcome: Outcome): boolean {
  return outcome.type === 'answer' && (outcome.retryAfterMs ?? 0) > LONGEST_WAIT_MS;
}
