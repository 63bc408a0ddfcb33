import { failure, type LiftlockError } from '../model/problem';
import { faultError } from './fault-words';
import type { Order } from './order';
import { LONGEST_WAIT_MS } from './pacing';
import { serverError } from './server-error';
import type { Site } from './site';
import type { Outcome } from './verdict';

/** The error for a try that gave no welcome answer. */
export function outcomeError(outcome: Outcome, order: Order, site: Site): LiftlockError {
  if (outcome.type === 'fault') return faultError(outcome.fault, order.subject, site);
  const { status, headers } = outcome.answer;
  if (status < 400) return notFollowed(status, headers['location'], order, site);
  const wait = outcome.retryAfterMs;
  const note =
    wait !== undefined && wait > LONGEST_WAIT_MS
      ? `The server asked to wait ${Math.ceil(wait / 1000)} seconds.`
      : undefined;
  const hint = order.hint?.(status) ?? (note && 'That is longer than Liftlock waits by itself; try again later.');
  return serverError(outcome.answer, order.subject, site, hint, note);
}

/** Redirects are never followed: the REST APIs have none, and credentials must not travel to another place. */
function notFollowed(status: number, location: string | undefined, order: Order, site: Site): LiftlockError {
  const { subject } = order;
  const { environment } = site;
  const message = `${environment}: ${subject.method} ${site.clean(subject.path)} → ${status}, a redirect to ${shownTarget(location, subject.url, site)} instead of an answer.`;
  return failure('redirected', message, {
    environment,
    hint: 'Is url the address of the identity server itself? A login page, a gateway or a move from http to https may stand in between.',
  });
}

/** Without the query, which may hold tokens. */
function shownTarget(location: string | undefined, base: URL, site: Site): string {
  if (location === undefined || !URL.canParse(location, base.href)) return 'nowhere';
  const target = new URL(location, base);
  return site.clean(`${target.protocol}//${target.host}${target.pathname}`, 200);
}
