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
    operation: '*',
    place: 'answer 406',
    breach: 'undeclared status',
    why: 'To a client that takes no JSON none is sent.',
    source: '§1.3',
  },
  {
    versions: 'all',
    operation: '*',
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
    why: 'A tenant that does not exist has no API, and a number in the query that is no Integer leads nowhere.',
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
    operation: 'POST /applications',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'SAML metadata that is not at its address is not found: SAML-60003.',
    source: '§2.1.10',
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
    operation: 'GET /applications/{applicationId}/inbound-protocols/',
    place: 'answer 200 [].name',
    breach: 'missing',
    why: 'A protocol has its type and its address, and no name.',
    source: '§2.1.10',
  },
  {
    versions: 'all',
    operation: 'PUT /identity-providers/{identity-provider-id}/roles',
    place: 'request',
    breach: 'no body',
    why: 'Roles are replaced by nothing when nothing is sent.',
    source: '§2.2',
  },
  {
    versions: 'all',
    operation: 'GET /applications/{applicationId}/inbound-protocols/passive-sts',
    place: 'answer 200 .replyTo',
    breach: 'missing',
    why: 'A file can name passive STS without an address; it is kept without.',
    source: '§3.4',
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
    versions: { until: '6.1' },
    operation: 'PUT /oidc/scopes/{id}',
    place: 'request .claims',
    breach: 'missing',
    why: 'A scope that is sent without claims has none from then on.',
    source: '§2.5',
  },
  {
    versions: 'all',
    operation: '* /oidc/scopes*',
    place: 'answer 500 .code',
    breach: 'missing',
    why: 'What the database refuses is an error without a code.',
    source: '§2.5',
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
  {
    versions: 'all',
    operation: '* /api-resources/*',
    place: 'answer 204',
    breach: 'undeclared status',
    why: 'A scope that was removed is answered with 204 and no body.',
    source: '§2.7',
  },
  {
    versions: 'all',
    operation: '* /api-resources/*',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'A path that a version does not have, or a scope that is not there, is 404.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: 'GET /api-resources/{apiResourceId}/authorization-details-types',
    place: 'answer 404',
    breach: 'no body',
    why: 'A path that a version does not have is answered without a body.',
    source: '§1.6',
  },
  {
    versions: { since: '7.0', until: '7.0' },
    operation: 'GET /authorization-details-types',
    place: 'answer 404',
    breach: 'no body',
    why: 'The path came with 7.1; the newest file stands in for that of 7.0.',
    source: '§4',
  },
  {
    versions: 'all',
    operation: 'GET /applications/loginflow/*',
    place: 'answer 500',
    breach: 'undeclared status',
    why: 'Without the service behind it the login flow fails.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: 'GET */export',
    place: 'answer 200',
    breach: 'wrong type',
    why: 'A file in JSON is sent as the JSON that it is, not as a text in JSON.',
    source: '§2.2.6',
  },
  {
    versions: 'all',
    operation: 'GET /identity-providers',
    place: 'query sortBy',
    breach: 'undeclared',
    why: 'The server takes the parameter.',
    source: '§1.4',
  },
  {
    versions: 'all',
    operation: 'GET /identity-providers',
    place: 'query sortOrder',
    breach: 'undeclared',
    why: 'The server takes the parameter.',
    source: '§1.4',
  },
  {
    versions: 'all',
    operation: 'GET /meta/api-resource-collections/{collectionId}',
    place: 'answer 200 .apiResources.read[].displayName',
    breach: 'missing',
    why: 'The server leaves the name for people out where there is none.',
    source: '§2.7',
  },
  {
    versions: 'all',
    operation: 'GET /meta/api-resource-collections/{collectionId}',
    place: 'answer 200 .apiResources.write[].displayName',
    breach: 'missing',
    why: 'The server leaves the name for people out where there is none.',
    source: '§2.7',
  },
  {
    versions: 'all',
    operation: 'GET /meta/api-resource-collections/{collectionId}',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'A collection that is not there is 404.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: '* /trusted-token-issuers*',
    place: 'answer * .claims.roleClaim.uri',
    breach: 'missing',
    why: 'An unset claim is an empty object, as for identity providers.',
    source: '§2.2.5',
  },
  {
    versions: 'all',
    operation: '* /trusted-token-issuers*',
    place: 'answer * .claims.userIdClaim.uri',
    breach: 'missing',
    why: 'An unset claim is an empty object, as for identity providers.',
    source: '§2.2.5',
  },
  {
    versions: 'all',
    operation: '* /userstores*',
    place: 'answer 403',
    breach: 'undeclared status',
    why: 'The valve in front of the API refuses callers without the scope.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: '* /userstores*',
    place: 'answer * .traceId',
    breach: 'undeclared',
    why: 'Errors carry the trace id as in every other API.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: '* /userstores*',
    place: 'answer 200',
    breach: 'no body',
    why: 'A description or property that was changed is not sent back.',
    source: '§2.4',
  },
  {
    versions: 'all',
    operation: 'POST /userstores',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'A type that is not there is 404.',
    source: '§2.4',
  },
  {
    versions: 'all',
    operation: 'HEAD *',
    place: 'answer 200',
    breach: 'unknown operation',
    why: 'HEAD is a GET without its body (RFC 9110, 9.3.2); the contract is silent.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'GET /identity-providers',
    place: 'answer 404',
    breach: 'no body',
    why: 'JAX-RS takes a number in the query that is no Integer for a path that is not there.',
    source: '§1.4',
  },
  {
    versions: 'all',
    operation: 'GET /applications/{applicationId}',
    place: 'answer 200 .inboundProtocols[].name',
    breach: 'missing',
    why: 'The standard protocols have no name: recorded of 6.0 and 7.0, and the classes are the same in 7.8.614.',
    source: '§2.1.2',
  },
  {
    versions: 'all',
    operation: 'GET /api-resources',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'JAX-RS takes a number in the query that is no Integer for a path that is not there.',
    source: '§1.4',
  },
  {
    versions: 'all',
    operation: 'OPTIONS *',
    place: 'answer 200',
    breach: 'unknown operation',
    why: 'OPTIONS tells the verbs of a path (RFC 9110, 9.3.7); the contract is silent.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'PATCH /api-resources/{apiResourceId}/authorization-details-types/{authorizationDetailsTypeId}',
    place: 'request .description',
    breach: 'missing',
    why: 'A PATCH names only what it changes.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'PATCH /api-resources/{apiResourceId}/authorization-details-types/{authorizationDetailsTypeId}',
    place: 'request .schema',
    breach: 'missing',
    why: 'A PATCH names only what it changes.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'PATCH /api-resources/{apiResourceId}/authorization-details-types/{authorizationDetailsTypeId}',
    place: 'request .type',
    breach: 'missing',
    why: 'A PATCH names only what it changes.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: '* /applications/*share*',
    place: 'answer 400',
    breach: 'undeclared status',
    why: 'A body that says nothing about whom to share with is refused.',
    source: '§1.6',
  },
  {
    versions: 'all',
    operation: 'PATCH /applications/{applicationId}',
    place: 'request',
    breach: 'no body',
    why: 'A PATCH without a body changes nothing.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'PATCH /configs*',
    place: 'request',
    breach: 'no body',
    why: 'A PATCH without a body changes nothing.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'PUT /applications/resident',
    place: 'request',
    breach: 'no body',
    why: 'A PUT without a body changes nothing.',
    source: '§2.1.1',
  },
  {
    versions: 'all',
    operation: 'PUT /applications/resident',
    place: 'answer 200',
    breach: 'undeclared body',
    why: 'The wrapped settings are sent back.',
    source: '§2.1.1',
  },
  {
    versions: 'all',
    operation: 'POST /applications/templates',
    place: 'request .id',
    breach: 'read-only',
    why: 'A client may choose the id of a template.',
    source: '§2.1.1',
  },
  {
    versions: 'all',
    operation: '* /claim-dialects/import',
    place: 'answer 400 .errors',
    breach: 'undeclared',
    why: 'Each claim that failed is named; the others are taken.',
    source: '§2.3.4',
  },
  {
    versions: 'all',
    operation: 'POST /claim-dialects/import',
    place: 'answer 409',
    breach: 'undeclared status',
    why: 'A dialect that exists is a conflict.',
    source: '§2.3.3',
  },
  {
    versions: 'all',
    operation: 'PUT /claim-dialects/import',
    place: 'answer 200',
    breach: 'undeclared status',
    why: 'An update is 200, not 201.',
    source: '§1.5',
  },
  {
    versions: 'all',
    operation: 'PUT /claim-dialects/import',
    place: 'answer 404',
    breach: 'undeclared status',
    why: 'A dialect that is not there is 404.',
    source: '§2.3.3',
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
