import { inVersions } from '../model/kind';
import { DIALECTS } from './dialects';
import { LOCAL_CLAIMS, type ShippedLocalClaim } from './local-claims';
import type { Range } from './range';

const LOCAL_DIALECT = 'http://wso2.org/claims';

/** What a fresh server has. */
export interface ShippedClaims {
  /** Local claims by URI. */
  readonly local: ReadonlyMap<string, ShippedLocalClaim>;
  /** The dialects beside the local one: for each URI its claims and the local claims that they stand for, as URIs. */
  readonly dialects: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The dialects beside the local one, and from and until which releases servers ship with them. */
export function shippedDialects(): (Range & { readonly key: string })[] {
  return DIALECTS.map(({ uri, parts }) => ({ key: uri, ...rangeOf(parts) }));
}

/** The range that covers all parts. */
function rangeOf(parts: readonly Range[]): Range {
  const starts = parts.map(({ since }) => since);
  const ends = parts.map(({ until }) => until);
  const [since] = starts.includes(undefined) ? [] : starts.sort();
  const [until] = ends.includes(undefined) ? [] : ends.sort().reverse();
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

const remembered = new Map<string, ShippedClaims>();

/** The dialects and claims that servers of a release (such as `6.0`) ship with; without one, those of any release. */
export function shippedClaims(release?: string): ShippedClaims {
  const known = remembered.get(release ?? '');
  if (known) return known;
  const made = { local: localClaims(release), dialects: dialects(release) };
  remembered.set(release ?? '', made);
  return made;
}

const has = (release: string | undefined, range: Range): boolean => release === undefined || inVersions(release, range);

const localUri = (name: string): string => `${LOCAL_DIALECT}/${name}`;

function localClaims(release: string | undefined): ShippedClaims['local'] {
  const held = LOCAL_CLAIMS.filter((part) => has(release, part)).flatMap(({ claims }) => claims);
  return new Map(held.map((claim) => [localUri(claim.name), claim]));
}

function dialects(release: string | undefined): ShippedClaims['dialects'] {
  const held = DIALECTS.map(({ uri, claimPrefix, parts }) => {
    const pairs = parts.filter((part) => has(release, part)).flatMap((part) => part.pairs);
    return [uri, new Map(pairs.map(([claim, local]) => [claimPrefix + claim, localUri(local)]))] as const;
  });
  return new Map(held.filter(([, claims]) => claims.size > 0));
}
