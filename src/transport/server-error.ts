import type { Json } from '../model/json';
import { errorProblem, LiftlockError } from '../model/problem';
import { looseObject, traceIdOf } from './answer';
import type { Subject } from './fault-words';
import type { Site } from './site';
import type { WireAnswer } from './wire';

/** What the server said about a failed request. */
export interface ServerErrorDetails {
  readonly status: number;
  readonly method: string;
  /** As shown: encoded, without the query. */
  readonly path: string;
  readonly serverCode?: string;
  readonly serverMessage?: string;
  readonly description?: string;
  readonly traceId?: string;
}

/** An answer with an error status. Its problem has the code `http-<status>`. All texts are cleaned and bounded. */
export class ServerError extends LiftlockError implements ServerErrorDetails {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly serverCode: string | undefined;
  readonly serverMessage: string | undefined;
  readonly description: string | undefined;
  readonly traceId: string | undefined;

  constructor(environment: string, message: string, details: ServerErrorDetails, hint: string | undefined) {
    super(errorProblem(`http-${details.status}`, message, { environment, hint }));
    this.name = 'ServerError';
    this.status = details.status;
    this.method = details.method;
    this.path = details.path;
    this.serverCode = details.serverCode;
    this.serverMessage = details.serverMessage;
    this.description = details.description;
    this.traceId = details.traceId;
  }
}

/**
 * Builds the error for an answer with an error status: `prod: POST /… → 409 APP-60007 Message. Description (trace 9a1b…)`.
 * Understands the bodies of WSO2's REST APIs (`code` may be a number), of OAuth and of SCIM; of anything else it shows the first words.
 * @param note a sentence of our own that belongs to the message.
 */
export function serverError(
  answer: WireAnswer,
  subject: Subject,
  site: Site,
  hint?: string,
  note?: string,
): ServerError {
  const said = serverWords(answer, site);
  const path = site.clean(subject.path);
  const details: ServerErrorDetails = { status: answer.status, method: subject.method, path, ...said };
  const words = [
    `${site.environment}: ${subject.method} ${path} → ${answer.status}`,
    said.serverCode === String(answer.status) ? undefined : said.serverCode,
    said.serverMessage && sentence(said.serverMessage),
    said.description === said.serverMessage ? undefined : said.description,
    said.traceId && `(trace ${said.traceId})`,
    note,
  ];
  return new ServerError(
    site.environment,
    words.filter((word) => word).join(' '),
    details,
    hint ?? generalHint(answer.status),
  );
}

function serverWords(
  answer: WireAnswer,
  site: Site,
): Pick<ServerErrorDetails, 'serverCode' | 'serverMessage' | 'description' | 'traceId'> {
  const body = looseObject(answer) ?? {};
  const pick = (...names: string[]): string | undefined => {
    const found = names.map((name) => scalarText(body[name])).find((text) => text !== undefined);
    return found === undefined ? undefined : site.clean(found) || undefined;
  };
  const traceId = traceIdOf(answer);
  const serverMessage = pick('message', 'detail');
  const description = pick('description', 'error_description');
  const serverCode = pick('code', 'error', 'scimType');
  const nothing = serverMessage === undefined && description === undefined && serverCode === undefined;
  return {
    serverCode,
    serverMessage,
    description: nothing ? site.excerpt(answer.text) || undefined : description,
    traceId: traceId && site.clean(traceId, 80),
  };
}

function scalarText(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function generalHint(status: number): string | undefined {
  if (status === 429 || status === 503)
    return 'The server is overloaded or starting: try again later, or lower the concurrency of the environment.';
  if (status === 404) return 'Check url and tenant of the environment, and whether the server’s version has this API.';
  if (status >= 500) return 'Look up the trace id or the time of this request in the server’s log.';
  return undefined;
}
