import { isObject, type Json } from '../../../src/model/json';
import { shippedClaims } from '../../../src/shipped-claims/shipped-claims';

/*
 * Some lists are rows of the database in the order in which an index has them. Where the index is over ids that the server
 * makes up, two servers, and two runs of one, differ in the order. It is not compared, nor is what follows from it.
 */

/** Lists of such rows by the name of the field, and what an element is sorted by. */
const ROWS: Readonly<Record<string, string>> = {
  inboundProtocols: 'type',
  InboundAuthenticationRequestConfig: 'InboundAuthType',
  allowedOrigins: '',
  claimMappings: 'applicationClaim',
  requestedClaims: 'claim',
};

const CLAIMS = /^\/claim-dialects\/[^/]+\/claims$/;

/** An answer's body with these rows in an order of ours. */
export function withoutRowOrder(body: Json, path: string): Json {
  if (CLAIMS.test(path) && Array.isArray(body)) return withMadeClaimsLast(body);
  return path.endsWith('/inbound-protocols') && Array.isArray(body) ? sorted(body, 'type') : ordered(body);
}

function ordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const rows = value['inboundProtocols'];
  // Both are those of the first row, if it is of that protocol.
  const isChance = Array.isArray(rows) && rows.length > 1;
  const fields = Object.entries(value).filter(([name]) => !(isChance && (name === 'clientId' || name === 'issuer')));
  return Object.fromEntries(fields.map(([name, inner]) => [name, inOrder(name, ordered(inner), value)] as const));
}

function inOrder(name: string, inner: Json, owner: { readonly [field: string]: Json }): Json {
  // A certificate is named by the number of its row.
  if (name === 'value' && owner['name'] === 'CERTIFICATE') return '<row>';
  const field = ROWS[name];
  return field !== undefined && Array.isArray(inner) ? sorted(inner, field) : inner;
}

function sorted(rows: readonly Json[], field: string): Json[] {
  const key = (row: Json): string => JSON.stringify(isObject(row) ? row[field] : row);
  return [...rows].sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

const shipped = shippedClaims('6.0');
const SHIPPED = new Set([
  ...shipped.local.keys(),
  ...[...shipped.dialects.values()].flatMap((claims) => [...claims.keys()]),
]);

/**
 * Claims are listed by the numbers of their rows. Those that ship have the same ones on every server; those that were
 * made have numbers that go on from all that were ever made on it, and stand among the others accordingly.
 */
function withMadeClaimsLast(claims: readonly Json[]): Json[] {
  const isShipped = (claim: Json): boolean => isObject(claim) && SHIPPED.has(String(claim['claimURI']));
  return [
    ...claims.filter(isShipped),
    ...sorted(
      claims.filter((claim) => !isShipped(claim)),
      'claimURI',
    ),
  ];
}
