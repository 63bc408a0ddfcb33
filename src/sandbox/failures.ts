import type { JsonObject } from '../model/json';

/** One of several failures of a bulk request (reference §2.3.4). */
export type FailedItem = JsonObject;

/** An error answer of the REST API (reference §1.6). */
export class ApiFailure extends Error {
  /** @param traced false for the APIs whose errors carry no traceId (API resources). */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly description: string,
    readonly traced = true,
    /** What failed in a request for many things, one entry each. */
    readonly errors?: readonly FailedItem[],
  ) {
    super(message);
    this.name = 'ApiFailure';
  }
}

/** An error of the product that carries no code. */
export class UncodedFailure extends Error {
  constructor(
    readonly status: number,
    readonly description: string,
  ) {
    super('Server error while trying the attempted operation.');
  }
}

/** JAX-RS has no such resource, and says so without a word of the product's: 404 without a body. */
export class MissingResource extends Error {}

/** 400 for a request of which a part was done and the rest was not. */
export function bulkFailure(
  code: string,
  message: string,
  description: string,
  errors: readonly FailedItem[],
): ApiFailure {
  return new ApiFailure(400, code, message, description, true, errors);
}

/** The body is no JSON, has a field that the model does not know, or a value of another type: always UE-10000. */
export function unreadableBody(): ApiFailure {
  return new ApiFailure(
    400,
    'UE-10000',
    'Invalid Request.',
    'Provided request body content is not in the expected format.',
  );
}

/** Bean validation: a missing required field, a broken pattern, a list that is too short. */
export function violatedConstraints(messages: readonly string[]): ApiFailure {
  return new ApiFailure(400, 'UE-10000', 'Invalid Request', messages.join(' '));
}

/** What an exception that nobody caught looks like from outside. */
export function uncaughtException(): ApiFailure {
  return new ApiFailure(
    500,
    'SE-50000',
    'Unexpected Processing Error.',
    'The server met an error while it served the request.',
  );
}
