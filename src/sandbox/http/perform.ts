import { randomUUID } from 'node:crypto';
import type { Json } from '../../model/json';
import { ApiFailure, MissingResource, uncaughtException, UncodedFailure, unreadableBody } from '../failures';
import { strictBody } from '../strict-body';
import type { World } from '../world';
import type { Answer, Call, Route } from './route';
import { ScimFailure } from './scim';

/**
 * Runs a route: reads the body against its shape, does the work, and turns failures into their answers (§1.6).
 * @param sent the body as JSON; undefined where no JSON was sent
 */
export function performed(world: World, route: Route, call: Omit<Call, 'body'>, sent: Json | undefined): Answer {
  try {
    return route.answer({ ...call, body: readBody(world, route, sent) });
  } catch (error) {
    return failureAnswer(isScimRoute(route) && error instanceof ApiFailure ? scimForm(error) : error);
  }
}

function readBody(world: World, { body: shape, bodyOptional }: Route, body: Json | undefined): Json {
  if (!shape || (bodyOptional && body === null)) return {};
  if (body === undefined) throw unreadableBody();
  return strictBody(shape, body, world.version);
}

/** True for routes whose errors have the form of SCIM. */
export function isScimRoute({ mount }: Route): boolean {
  return mount?.startsWith('/scim2') ?? false;
}

/** A body that cannot be read is the client's fault in SCIM as well. */
function scimForm({ status, description }: ApiFailure): ScimFailure {
  return new ScimFailure(status, description, status === 400 ? 'invalidSyntax' : undefined);
}

/** The answer that an exception becomes; one that nobody expected is a 500 of the product's kind. */
export function failureAnswer(error: unknown): Answer {
  if (error instanceof ScimFailure) return { status: error.status, body: error.body };
  if (error instanceof MissingResource) return { status: 404 };
  if (error instanceof UncodedFailure) {
    const { status, message, description } = error;
    return { status, body: { message, description, traceId: randomUUID() } };
  }
  const failure = error instanceof ApiFailure ? error : uncaughtException();
  const { status, code, message, description, errors } = failure;
  const more = { ...(failure.traced ? { traceId: randomUUID() } : {}), ...(errors ? { errors: [...errors] } : {}) };
  return { status, body: { code, message, description, ...more } };
}

const DENIALS = {
  401: ['Unauthorized', 'Authorization failure. The request carries no valid credentials.'],
  403: ['Forbidden', 'Operation is not permitted. The caller lacks the scope for this request.'],
} as const;

/** 401 and 403 come from in front of the API: the code is a number there, and SCIM has its own form (§1.6, quirk 45). */
export function denial(status: 401 | 403, isScim: boolean): Answer {
  const [message, description] = DENIALS[status];
  const headers: Record<string, string> = status === 401 ? { 'WWW-Authenticate': 'Bearer realm=localhost' } : {};
  if (isScim) return { status, headers, body: new ScimFailure(status, description).body };
  return { status, headers, body: { code: status, message, description, traceId: randomUUID() } };
}
