import { ServerError } from '../transport/transport';

/** Statuses that say nothing about the request itself: who sends it, or the state of the server. */
const NO_REFUSAL: ReadonlySet<number> = new Set([401, 403, 408, 429, 502, 503, 504]);

/** True for an answer by which the server says that it does not do what was asked. */
export function isRefusal(error: unknown): error is ServerError {
  return error instanceof ServerError && !NO_REFUSAL.has(error.status);
}
