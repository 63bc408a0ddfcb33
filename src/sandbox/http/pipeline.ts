import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import type { FaultAction, Faults } from '../faults';
import type { Journal } from '../journal';
import type { ExchangeReporter } from './exchanges';
import { failureAnswer } from './perform';
import type { Answer } from './route';

/** What a request is answered with, and who turned out to have sent it. */
export interface Outcome {
  readonly answer: Answer;
  readonly caller?: Caller;
}

export type Work = (request: FastifyRequest) => Outcome;

export interface PipelineOptions {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly latencyMs: number;
  readonly journalBodies: boolean;
  readonly exchanges: ExchangeReporter;
}

type Entry = ReturnType<Journal['open']>;

/**
 * The way of every product request: journal, latency, faults, work, answer. Whatever a fault does, the journal tells
 * what was received and what status was sent.
 */
export class Pipeline {
  constructor(private readonly options: PipelineOptions) {}

  /** Wraps the work of a route into a fastify handler. */
  handler(work: Work): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
    return async (request, reply) => {
      const entry = this.opened(request);
      const fault = this.options.faults.strike(request.method, request.url);
      if (fault && !('delayMs' in fault)) this.options.exchanges.fault(request);
      const due = performance.now() + this.answerTime(fault);
      if (fault && 'reset' in fault && fault.reset === 'before') {
        await until(due);
        return cut(reply);
      }
      const replaced = fault && replacement(fault);
      const outcome = replaced ? { answer: replaced } : worked(work, request);
      await until(due);
      this.close(entry, outcome);
      if (fault && 'reset' in fault) {
        entry.status = null;
        return cut(reply);
      }
      if (fault && 'truncate' in fault) return sendHalf(reply, outcome.answer);
      if (fault && 'html' in fault) return sendHtml(reply);
      return send(reply, outcome.answer);
    };
  }

  private opened(request: FastifyRequest): Entry {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const entry = this.options.journal.open(request.method, request.url, raw.length);
    const isToken = /\/oauth2\/token(\?|$)/.test(request.url);
    if (this.options.journalBodies && raw.length > 0 && !isToken) entry.body = journalled(raw);
    return entry;
  }

  private answerTime(fault: FaultAction | undefined): number {
    return this.options.latencyMs + (fault && 'delayMs' in fault ? fault.delayMs : 0);
  }

  private close(entry: Entry, { answer, caller }: Outcome): void {
    entry.status = answer.status;
    if (!caller) return;
    entry.client = caller.name;
    entry.scopes = [...caller.scopes];
  }
}

/** Waits for a moment of performance.now(): the work is part of the time that an answer takes. */
async function until(due: number): Promise<void> {
  const rest = due - performance.now();
  if (rest > 0) await pause(rest);
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

function worked(work: Work, request: FastifyRequest): Outcome {
  try {
    return work(request);
  } catch (error) {
    return { answer: failureAnswer(error) };
  }
}

/** The answer that a fault puts in the place of the work; undefined for faults that leave the work alone. */
function replacement(fault: FaultAction): Answer | undefined {
  if ('status' in fault) return { status: fault.status, headers: fault.headers, body: fault.body };
  return 'html' in fault ? { status: 200 } : undefined;
}

function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

/** Sends an answer; one with neither body nor text is empty and has no content type. */
export function send(reply: FastifyReply, answer: Answer): void {
  reply.code(answer.status);
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  const content = contentOf(answer);
  if (content === undefined) reply.send();
  else reply.header('content-type', contentType(answer)).send(content);
}

function contentOf(answer: Answer): string | Buffer | undefined {
  return answer.text ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

function contentType(answer: Answer): string {
  const ordinary = answer.text === undefined ? 'application/json' : 'text/plain';
  return answer.contentType ?? answer.headers?.['content-type'] ?? ordinary;
}

function sendHtml(reply: FastifyReply): void {
  reply
    .code(200)
    .header('content-type', 'text/html')
    .send('<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>');
}

function sendHalf(reply: FastifyReply, answer: Answer): void {
  const body = Buffer.from(contentOf(answer) ?? '');
  reply.hijack();
  reply.raw.writeHead(answer.status, {
    ...answer.headers,
    'content-type': contentType(answer),
    'content-length': body.length,
  });
  reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.raw.destroy());
}
