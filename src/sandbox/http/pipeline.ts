import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { equalJson, type Json } from '../../model/json';
import type { Gatekeeper } from '../access/gatekeeper';
import { withChanges } from '../changes';
import { chanceOf, spread } from '../fault-rules/chance';
import type { FaultAction, Milliseconds } from '../fault-rules/rule';
import type { Faults, Strike } from '../faults';
import { halfDone } from '../half-write';
import type { Journal } from '../journal';
import type { World } from '../world';
import type { ExchangeReporter } from './exchanges';
import type { Handler, Received } from './listener';
import { denial, failureAnswer } from './perform';
import type { Answer } from './route';
import { send, sendCut, sendHtml, sendTrickling } from './send';
import type { Outcome, Work } from './work';

export interface PipelineOptions {
  readonly world: World;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly gatekeeper: Gatekeeper;
  /** Comes before the work of every request. */
  readonly prepare: () => void;
  readonly latencyMs: Milliseconds;
  readonly journalBodies: boolean;
  readonly exchanges: ExchangeReporter;
}

type Entry = ReturnType<Journal['open']>;

/** No rule has this number: the latency of a server is spread by chances of its own. */
const LATENCY = -1;
const READS = new Set(['GET', 'HEAD']);

/**
 * The way of every product request: journal, latency, faults, work, answer. Whatever a fault does, the journal tells
 * what was received and what status was sent.
 */
export class Pipeline {
  private received = 0;

  constructor(private readonly options: PipelineOptions) {}

  /** Wraps the work of a route into a handler. */
  handler(work: Work): Handler {
    return async (request, response) => {
      this.received += 1;
      this.options.prepare();
      const entry = this.opened(request);
      const strike = this.options.faults.strike(request.method, request.url);
      const isOrdinary = !strike || (strike.action.delayMs !== undefined && Object.keys(strike.action).length === 1);
      if (!isOrdinary) this.options.exchanges.fault(request);
      const due = this.answerTime(strike);
      const outcome = strike ? this.faulty(work, request, strike.action) : this.plain(work, request);
      if (due > 0) await until(due);
      if (outcome) close(entry, outcome, strike?.action.reset !== undefined);
      // Whoever has gone away in the meantime gets no answer.
      if (outcome && isOrdinary && !response.destroyed) this.options.exchanges.answered(request, outcome.answer);
      await deliver(response, outcome?.answer, strike?.action);
    };
  }

  private opened(request: Received): Entry {
    const { body, method, url } = request;
    const entry = this.options.journal.open(method, url, body.length);
    const isToken = /\/oauth2\/token(\?|$)/.test(url);
    if (this.options.journalBodies && body.length > 0 && !isToken) entry.body = journalled(body);
    return entry;
  }

  /** When the answer is due, on the clock of `performance.now()`; 0 for at once. */
  private answerTime(strike: Strike | undefined): number {
    const { latencyMs, faults } = this.options;
    const latency = spread(latencyMs, chanceOf(faults.seed, LATENCY, this.received));
    const delay = strike?.action.delayMs === undefined ? 0 : spread(strike.action.delayMs, strike.chance);
    return latency + delay === 0 ? 0 : performance.now() + latency + delay;
  }

  private plain(work: Work, request: Received): Outcome {
    if (!READS.has(request.method)) return worked(work, request);
    return this.options.faults.hidden.read(() => worked(work, request), isSameOutcome);
  }

  /** The work as far as a fault lets it be done; undefined when there is none and no answer to give. */
  private faulty(work: Work, request: Received, action: FaultAction): Outcome | undefined {
    const { world, faults, gatekeeper } = this.options;
    if (action.reset === 'before') return undefined;
    if (action.status !== undefined) {
      return { answer: { status: action.status, headers: action.headers, body: action.body } };
    }
    if (action.html) return { answer: { status: 200 } };
    if (action.token === 'revoked') gatekeeper.revoke(request.headers.authorization);
    if (action.token !== undefined) return { answer: denial(401, /\/scim2\//.test(request.url)) };
    if (action.half) return halfDone(world, (each) => worked(work, each), request, action.half);
    if (!action.hidden || READS.has(request.method)) return this.plain(work, request);
    const { result, changes } = withChanges(world, () => worked(work, request));
    faults.hidden.hide(changes, action.hidden);
    return result;
  }
}

function isSameOutcome({ answer: left }: Outcome, { answer: right }: Outcome): boolean {
  if (left.status !== right.status || !isSameText(left.text, right.text)) return false;
  return equalJson(left.body ?? null, right.body ?? null);
}

function isSameText(left: Answer['text'], right: Answer['text']): boolean {
  return left === right || (left !== undefined && right !== undefined && Buffer.from(left).equals(Buffer.from(right)));
}

function close(entry: Entry, { answer, caller }: Outcome, isCut: boolean): void {
  if (!isCut) entry.status = answer.status;
  if (!caller) return;
  entry.client = caller.name;
  entry.scopes = [...caller.scopes];
}

/** Waits for a moment of performance.now(): the work is part of the time that an answer takes. */
async function until(due: number): Promise<void> {
  const rest = due - performance.now();
  // A server that ends does not wait for answers that are due later.
  if (rest > 0) await pause(rest, undefined, { ref: false });
}

/** The body of a request as JSON; text that is none stays text. */
function journalled(raw: Buffer): Json {
  const text = raw.toString('utf8');
  try {
    const body: Json = JSON.parse(text);
    return body;
  } catch {
    return text;
  }
}

function worked(work: Work, request: Received): Outcome {
  try {
    return work(request);
  } catch (error) {
    return { answer: failureAnswer(error) };
  }
}

function deliver(response: ServerResponse, answer: Answer | undefined, action: FaultAction = {}): void | Promise<void> {
  if (!answer || action.reset !== undefined) return void response.destroy();
  if (action.truncate !== undefined) return sendCut(response, answer, action.truncate);
  if (action.html) return sendHtml(response);
  if (action.trickle) return sendTrickling(response, answer, action.trickle);
  return send(response, answer);
}
