/** An error answer of the REST API (reference §1.6). */
export class ApiFailure extends Error {
  /** @param traced false for the APIs whose errors carry no traceId (API resources). */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly description: string,
    readonly traced = true,
  ) {
    super(message);
    this.name = 'ApiFailure';
  }
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
