import { isObject, type Json, type JsonObject } from '../../src/model/json';
import type { Answer, Request, Server } from './server';
import type { Step } from './step';

/** An answer to a step, and what was sent. */
export interface Exchange {
  readonly step: Step;
  readonly request: Request;
  readonly answer: Answer;
}

/** Sends steps to one server in their order and fills in what earlier answers gave: ids, and fields of bodies. */
export class Session {
  /** What was kept of this server's answers, by name. */
  readonly kept = new Map<string, string>();

  constructor(private readonly server: Server) {}

  async take(step: Step): Promise<Exchange> {
    const request: Request = { ...step, path: this.filled(step.path), body: this.filledBody(step.body) };
    const answer = await this.server.send(request);
    this.keep(step, answer);
    return { step, request, answer };
  }

  private keep(step: Step, { headers, body }: Answer): void {
    const location = headers['location'];
    const id = location?.split('/').at(-1);
    if (step.keep !== undefined && id === undefined) this.kept.delete(step.keep);
    if (step.keep !== undefined && id !== undefined) this.kept.set(step.keep, id);
    for (const [name, field] of Object.entries(step.keepFields ?? {})) {
      const value = isObject(body) ? body[field] : undefined;
      if (typeof value === 'string') this.kept.set(name, value);
    }
  }

  private filledBody(body: Step['body']): Step['body'] {
    if (body === undefined) return undefined;
    // Every kind of body is plain data, and so stays what it is.
    return this.filledIn(body as Json) as Step['body'];
  }

  private filledIn(value: Json): Json {
    if (typeof value === 'string') return this.filled(value);
    if (Array.isArray(value)) return value.map((element) => this.filledIn(element));
    if (!isObject(value)) return value;
    const fields = Object.entries(value).map(([field, inner]) => [field, this.filledIn(inner)] as const);
    const filled: JsonObject = Object.fromEntries(fields);
    return filled;
  }

  private filled(text: string): string {
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      /^[a-z]\w*$/.test(name) ? (this.kept.get(name) ?? `unknown-${name}`) : whole,
    );
  }
}
