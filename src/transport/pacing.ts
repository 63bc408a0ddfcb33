const BASE_MS = 250;
const CAP_MS = 8_000;

/** Longest Retry-After that is obeyed; beyond it the user is told instead. */
export const LONGEST_WAIT_MS = 120_000;

/**
 * The wait before try `tries + 1`: exponential with full jitter, so that clients that failed together do not return together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param random a number in [0, 1).
 */
export function backoffMs(tries: number, random: number): number {
  return Math.round(random * Math.min(CAP_MS, BASE_MS * 2 ** (tries - 1)));
}

/**
 * Retry-After in milliseconds, from seconds or an HTTP date (RFC 9110, 10.2.3); a date in the past is 0.
 * Undefined when there is none or it cannot be read.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
