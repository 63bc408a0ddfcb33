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

/** A property that the contract spells otherwise than the server; it is read as the server spells it. */
export interface Respelling {
  readonly file: string;
  readonly contract: string;
  readonly server: string;
  readonly source: string;
}

export const RESPELLINGS: readonly Respelling[] = [
  { file: 'api.resource.yaml', contract: 'APIResources', server: 'apiResources', source: '§1.4' },
];

export const DIFFERENCES: readonly Difference[] = [
  {
    versions: 'all',
    operation: '*',
    place: 'answer 401',
    breach: 'undeclared body',
    why: 'The valve in front of the API explains its refusal.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: '*',
    place: 'answer 401 .code',
    breach: 'wrong type',
    why: 'The code of the valve is a number.',
    source: '§1.6, quirk 45',
  },
  {
    versions: 'all',
    operation: '*',
    place: 'answer 403 .code',
    breach: 'wrong type',
    why: 'The code of the valve is a number.',
    source: '§1.6, quirk 45',
  },
  {
    versions: 'all',
    operation: '*',
    place: 'answer 403',
    breach: 'undeclared body',
    why: 'The valve explains its refusal, and so does the API where it refuses.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: 'POST *',
    place: 'answer 415',
    breach: 'undeclared status',
    why: 'A body that is not JSON is refused before the API reads it.',
    source: '§1.3',
  },
  {
    versions: 'all',
    operation: 'GET /applications',
    place: 'answer 404',
    breach: 'no body',
    why: 'A tenant that does not exist has no API. What a real server answers is not established.',
    source: '§6, point 2',
  },
  {
    versions: { until: '7.0' },
    operation: 'GET /applications',
    place: 'query excludeSystemPortals',
    breach: 'undeclared',
    why: 'A parameter that the server does not know yet is ignored.',
    source: '§1.4',
  },
  {
    versions: 'all',
    operation: 'PATCH /applications/{applicationId}',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'An application that is not there is not found: APP-60006.',
    source: '§1.6, §2.1.5',
  },
  {
    versions: 'all',
    operation: '* /applications*',
    place: 'request *.singleSignOnProfile.attributeConsumingServiceIndex',
    breach: 'read-only',
    why: 'The index is taken when it is sent, and made anew otherwise; so an update has to repeat it.',
    source: '§2.1.10',
  },
  {
    versions: { since: '7.0' },
    operation: 'POST /applications/{applicationId}/authorized-apis',
    place: 'answer 200',
    breach: 'undeclared status',
    why: 'The answer is 200 and empty, not 201.',
    source: 'quirk 12',
  },
  {
    versions: { since: '7.0' },
    operation: 'POST /applications/{applicationId}/authorized-apis',
    place: 'answer 409',
    breach: 'undeclared status',
    why: 'An API that is authorized already is a conflict: APP-60509.',
    source: '§2.1.5',
  },
  {
    versions: 'all',
    operation: '* /identity-providers*',
    place: 'answer * .claims.userIdClaim.uri',
    breach: 'missing',
    why: 'A claim that is not set is shown as {}.',
    source: 'quirk 17',
  },
  {
    versions: 'all',
    operation: '* /identity-providers*',
    place: 'answer * .claims.roleClaim.uri',
    breach: 'missing',
    why: 'A claim that is not set is shown as {}.',
    source: 'quirk 17',
  },
  {
    versions: 'all',
    operation: '* /identity-providers/{identity-provider-id}/claims',
    place: 'answer 200 .userIdClaim.uri',
    breach: 'missing',
    why: 'A claim that is not set is shown as {}.',
    source: 'quirk 17',
  },
  {
    versions: 'all',
    operation: '* /identity-providers/{identity-provider-id}/claims',
    place: 'answer 200 .roleClaim.uri',
    breach: 'missing',
    why: 'A claim that is not set is shown as {}.',
    source: 'quirk 17',
  },
  {
    versions: 'all',
    operation: 'PATCH /identity-providers/{identity-provider-id}',
    place: 'request [].value',
    breach: 'wrong type',
    why: 'A value that is sent as true or false is taken as that text.',
    source: '§2.2.3',
  },
  {
    versions: 'all',
    operation: 'PATCH /identity-providers/{identity-provider-id}',
    place: 'answer 409',
    breach: 'undeclared status',
    why: 'A certificate that is there already is a conflict.',
    source: '§2.2.3',
  },
  {
    versions: 'all',
    operation: 'PUT /claim-dialects/local/claims/{claim-id}',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'A claim that is not there is not found: CMT-50019.',
    source: '§2.3.3',
  },
  {
    versions: 'all',
    operation: 'GET /userstores',
    place: 'answer 501 .traceId',
    breach: 'undeclared',
    why: 'Errors made by the common builder carry a trace id.',
    source: '§1.6',
  },
  {
    versions: { since: '7.0' },
    operation: 'GET /api-resources',
    place: 'answer 400',
    breach: 'undeclared status',
    why: 'A bad limit, or both cursors at once, is refused: API-RESOURCE-60010 and 60011.',
    source: '§1.4',
  },
  {
    versions: { since: '7.0' },
    operation: 'GET /api-resources/{apiResourceId}',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'An API that is not there is not found.',
    source: '§1.6',
  },
  {
    versions: { since: '7.0' },
    operation: 'POST /api-resources',
    place: 'answer 201',
    breach: 'undeclared status',
    why: 'The answer is 201, not 200.',
    source: '§1.5',
  },
];

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
