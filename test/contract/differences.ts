import { VERSIONS, type Version } from '../../src/sandbox/versions';
import type { Breach } from './validator';

/** One place in which the real server, and so the sandbox, is not what the contract says. */
export interface Difference {
  /** Both ends belong to it. */
  readonly versions: 'all' | { readonly since?: Version; readonly until?: Version };
  /** `*` stands for any text, here and in the place. */
  readonly operation: string;
  readonly place: string;
  readonly breach: Breach;
  readonly why: string;
  /** Where the reference says so. */
  readonly source: string;
}

/** What is no part of any contract file. */
export interface Outside {
  /** Source of a regular expression for the path without a tenant. */
  readonly path: string;
  readonly what: string;
}

export const OUTSIDE: readonly Outside[] = [
  { path: '^/sandbox/', what: 'the addresses of the sandbox itself' },
  { path: '^/oauth2/token$', what: 'the token endpoint: OAuth 2.0, RFC 6749' },
  { path: '^/scim2/', what: 'SCIM 2.0: RFC 7644' },
  { path: '^/api/health-check/', what: 'the health check' },
];

export const DIFFERENCES: readonly Difference[] = [];

/** The versions that a difference is about. */
export function versionsOf({ versions }: Pick<Difference, 'versions'>): Version[] {
  if (versions === 'all') return [...VERSIONS];
  const { since = VERSIONS[0], until = 'next' } = versions;
  return VERSIONS.slice(VERSIONS.indexOf(since), VERSIONS.indexOf(until) + 1);
}

/** A difference in one line, by which it is known. */
export function lineOf(difference: Difference): string {
  return `${rangeOf(difference)} · ${difference.operation} · ${difference.place} · ${difference.breach}`;
}

/** `all`, `7.0`, `7.0 to 7.2`, `from 7.0`, `up to 6.1` */
export function rangeOf({ versions }: Pick<Difference, 'versions'>): string {
  if (versions === 'all') return 'all';
  const { since, until } = versions;
  if (since === until) return since ?? 'all';
  if (until === undefined) return `from ${since}`;
  return since === undefined ? `up to ${until}` : `${since} to ${until}`;
}
