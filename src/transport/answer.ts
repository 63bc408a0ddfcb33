import { isObject, type Json } from '../model/json';
import { failure } from '../model/problem';
import { Fault } from './fault';
import type { Subject } from './fault-words';
import { nodeError } from './node-error';
import type { Site } from './site';
import type { WireAnswer } from './wire';

/**
 * The JSON value of an answer; undefined for an answer without a body.
 * @throws {Fault} `answer-cut` when the text ends in the middle (a connection without a length ends silently).
 * @throws {LiftlockError} `answer-not-json`, with the beginning of the page, or `answer-invalid`.
 */
export function readJson(answer: WireAnswer, subject: Subject, site: Site): Json | undefined {
  if (answer.text.trim() === '') return undefined;
  const parsed = parse(answer.text);
  if (parsed.ok) return parsed.value;
  const type = answer.headers['content-type'] ?? '';
  if (!/json/i.test(type) || /^\s*</.test(answer.text)) throw notJson(answer, type, subject, site);
  if (parsed.cut) throw new Fault('answer-cut', 'answering');
  const { environment } = site;
  throw failure(
    'answer-invalid',
    `${environment}: ${subject.method} ${site.clean(subject.path)} → ${answer.status}, but the JSON of the answer is broken.`,
    {
      environment,
      hint: 'Nothing was read from it. Look at the server’s log and at proxies on the way.',
    },
  );
}

/** The JSON map of an answer, or undefined where it is anything else: for answers whose shape is not promised. */
export function looseObject(answer: WireAnswer): Record<string, Json> | undefined {
  const parsed = parse(answer.text);
  return parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
}

/** The id under which the server logged the request: in WSO2's error bodies, or in the usual headers. */
export function traceIdOf(answer: WireAnswer): string | undefined {
  const inBody = answer.status >= 400 ? looseObject(answer)?.['traceId'] : undefined;
  if (typeof inBody === 'string' && inBody !== '') return inBody;
  const { headers } = answer;
  return headers['activityid'] || headers['x-correlation-id'] || headers['x-request-id'] || undefined;
}

function parse(text: string): { ok: true; value: Json } | { ok: false; cut: boolean } {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, cut: endsTooEarly(nodeError(error).message, text) };
  }
}

/** V8 says so, or names the end of the text as the place of the error. Its message quotes the text and goes no further. */
function endsTooEarly(message: string, text: string): boolean {
  return /Unexpected end/.test(message) || Number(/at position (\d+)/.exec(message)?.[1]) >= text.trimEnd().length;
}

function notJson(answer: WireAnswer, type: string, subject: Subject, site: Site): Error {
  const { environment } = site;
  const kind = type === '' ? 'something without a content type' : site.clean(type, 80);
  const start = site.excerpt(answer.text);
  const message = `${environment}: ${subject.method} ${site.clean(subject.path)} → ${answer.status}, but ${subject.url.origin} sent ${kind} instead of JSON: “${start}”.`;
  return failure('answer-not-json', message, {
    environment,
    hint: 'Is url the address of the identity server, and is tenant right? Is there a proxy or a login page in between?',
  });
}
