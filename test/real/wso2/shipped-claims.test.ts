import { readFileSync } from 'node:fs';
import {
  isBuiltInDialect,
  isDefaultLocalClaim,
  isStandardAttribute,
} from '../../../src/products/wso2-is/standard-claims';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/sandbox';
import { shippedClaims } from '../../../src/shipped-claims/shipped-claims';
import type { FreshAnswers } from './empty-server';
import { realServers } from './servers';

type Claim = Readonly<Record<string, unknown>>;

const LOCAL = 'http://wso2.org/claims';
const { dev } = realServers();

/** What the server answered before the first write to it. */
function freshAnswers(): FreshAnswers {
  if (dev.fresh === undefined) throw new Error('LIFTLOCK_REAL_WSO2 has no "fresh" of dev: run `npm run test:wso2`.');
  return JSON.parse(readFileSync(dev.fresh, 'utf8')) as FreshAnswers;
}

const fresh = freshAnswers();
const claimsOf = (dialect: string): readonly Claim[] => (fresh.claims[dialect] ?? []) as unknown as Claim[];
const external = fresh.dialects.map(({ dialectURI }) => dialectURI).filter((uri) => uri !== LOCAL);
const sorted = (texts: Iterable<unknown>): string[] => [...texts].map(String).sort();
const uris = (claims: readonly Claim[]): string[] => sorted(claims.map(({ claimURI }) => claimURI));

describe('what a fresh server ships', () => {
  const shipped = shippedClaims(dev.version);

  it('is what the list says: dialects, local claims and the external claims of each dialect', () => {
    expect(sorted(external)).toEqual(sorted(shipped.dialects.keys()));
    expect(uris(claimsOf(LOCAL))).toEqual(sorted(shipped.local.keys()));
    for (const dialect of external) {
      const mapped = claimsOf(dialect).map((claim) => [claim['claimURI'], claim['mappedLocalClaimURI']]);
      expect(Object.fromEntries(mapped)).toEqual(Object.fromEntries(shipped.dialects.get(dialect) ?? []));
    }
  });

  it('is the product’s own for an export, all of it', () => {
    const own = (dialect: string, uri: string): boolean =>
      isBuiltInDialect(dialect, dev.version) && isStandardAttribute(dialect, uri);
    expect(uris(claimsOf(LOCAL)).filter((uri) => !isDefaultLocalClaim(uri, dev.version))).toEqual([]);
    expect(external.flatMap((dialect) => uris(claimsOf(dialect)).filter((uri) => !own(dialect, uri)))).toEqual([]);
  });
});

describe('an empty sandbox of the same release', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ version: dev.version === '6.0' ? '6.0' : '7.0' });
  });
  afterAll(() => sandbox.close());

  async function answered(path: string): Promise<Claim[]> {
    const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
    const response = await fetch(`${sandbox.url}/api/server/v1/${path}`, { headers: { authorization } });
    return (await response.json()) as Claim[];
  }

  /** All of a claim but what it says to people. */
  function withoutTexts({ description: _text, properties, ...rest }: Claim): Claim {
    const keys = Array.isArray(properties) ? properties.map((each: { key?: unknown }) => each.key) : [];
    return { ...rest, properties: keys };
  }

  it('answers the same lists: dialects, local claims and the claims of each dialect, in the same order', async () => {
    expect(await answered('claim-dialects')).toEqual(fresh.dialects);
    for (const { id, dialectURI } of fresh.dialects) {
      const claims = await answered(`claim-dialects/${id}/claims`);
      expect(claims.map(withoutTexts)).toEqual(claimsOf(dialectURI).map(withoutTexts));
    }
  });

  it('answers the same scopes before the first write, as the configuration has them', async () => {
    expect(await answered('oidc/scopes')).toEqual(fresh.scopes);
  });
});
