import { minimise } from '../../../src/compare/canonical';
import type { JsonObject } from '../../../src/model/json';
import type { Listed, ProductKind } from '../../../src/products/product';
import { computedId } from '../../../src/products/wso2-is/claim-ids';
import { claimDialect } from '../../../src/products/wso2-is/kinds/claim-dialect';
import { externalClaim } from '../../../src/products/wso2-is/kinds/external-claim';
import { localClaim } from '../../../src/products/wso2-is/kinds/local-claim';
import { sampleCompany } from '../../../src/sandbox/seed';
import { VERSIONS, type Version } from '../../../src/sandbox/versions';
import { openKinds, type KindSession } from './identity-provider-session';

const OIDC = 'http://wso2.org/oidc/claim';
const TIER = 'http://wso2.org/claims/tier';
const OIDC_TIER = `${OIDC} tier`;

const tier: JsonObject = {
  claimURI: TIER,
  displayName: 'Tier',
  description: 'Commercial tier',
  displayOrder: 7,
  regEx: '^(gold|silver)$',
  supportedByDefault: true,
  attributeMapping: [{ userstore: 'PRIMARY', mappedAttribute: 'tier' }],
  properties: [{ key: 'USER_CUSTOM_ATTRIBUTE', value: 'TRUE' }],
};
const rich: JsonObject = {
  ...tier,
  multiValued: true,
  canonicalValues: [{ label: 'Gold', value: '1' }],
  uniquenessScope: 'WITHIN_USERSTORE',
  sharedProfileValueResolvingMethod: 'FromSharedProfile',
  managedInUserStore: true,
  profiles: { console: { required: true, readOnly: false, supportedByDefault: true } },
};
const oidcTier: JsonObject = { claimDialectURI: OIDC, claimURI: 'tier', mappedLocalClaimURI: TIER };

let session: KindSession;
afterEach(() => session.close());

const file = async (kind: ProductKind, key: string): Promise<JsonObject | undefined> => {
  const seen = await session.see(kind, key);
  return seen && minimise(kind, seen.live, session.server.version);
};
const requests = (): string[] =>
  session.sandbox.journal
    .entries()
    .filter((entry) => !entry.path.includes('oauth2'))
    .map((entry) => `${entry.method} ${entry.path.replace(/^.*\/api\/server\/v1\//, '')}`);

describe('claims on a server', () => {
  it.each(['7.2', '7.3'] as const)('keep a data type that is no text on %s', async (version) => {
    session = await openKinds(version);
    const counted = { ...tier, dataType: 'integer' };
    await session.save(localClaim, counted);
    expect(await file(localClaim, TIER)).toEqual(counted);
    expect(await session.save(localClaim, counted)).toEqual([]);
    expect(await session.save(localClaim, tier)).toEqual([`PUT claim-dialects/local/claims/${computedId(TIER)}`]);
    expect(await file(localClaim, TIER)).toEqual(tier);
  });

  it.each(VERSIONS)('are created and read back the same on %s, and again nothing is to be done', async (version) => {
    session = await openKinds(version);
    const local = computedId(TIER);
    expect(await session.save(localClaim, rich)).toEqual(['POST claim-dialects/local/claims']);
    expect(await session.save(claimDialect, { dialectURI: 'urn:a' })).toEqual(['POST claim-dialects']);
    expect(await session.save(externalClaim, oidcTier)).toEqual([`POST claim-dialects/${computedId(OIDC)}/claims`]);

    const read = await file(localClaim, TIER);
    expect(localClaim.schema.safeParse(read).error).toBeUndefined();
    expect(read).toEqual(held(rich, version));
    expect(await file(externalClaim, OIDC_TIER)).toEqual(oidcTier);
    expect(await file(claimDialect, 'urn:a')).toEqual({ dialectURI: 'urn:a' });
    for (const [kind, value] of [
      [localClaim, rich],
      [claimDialect, { dialectURI: 'urn:a' }],
      [externalClaim, oidcTier],
    ] as const) {
      expect(await session.save(kind, value)).toEqual([]);
    }

    expect(await session.save(localClaim, tier)).toEqual(
      version < '7.1' ? [] : [`PUT claim-dialects/local/claims/${local}`],
    );
    expect(await file(localClaim, TIER)).toEqual(tier);
    const mapped = { ...oidcTier, mappedLocalClaimURI: 'http://wso2.org/claims/title' };
    expect(await session.save(externalClaim, mapped)).toEqual([
      `PUT claim-dialects/${computedId(OIDC)}/claims/${computedId('tier')}`,
    ]);
    expect(await file(externalClaim, OIDC_TIER)).toEqual(mapped);

    expect(await session.remove(externalClaim, OIDC_TIER)).toHaveLength(1);
    expect(await session.remove(localClaim, TIER)).toEqual([`DELETE claim-dialects/local/claims/${local}`]);
    expect(await session.remove(claimDialect, 'urn:a')).toEqual([`DELETE claim-dialects/${computedId('urn:a')}`]);
    expect(await file(localClaim, TIER)).toBeUndefined();
  });

  it('cost one request for the dialects, one for the local claims and one for each other dialect', async () => {
    session = await openKinds('7.1');
    session.sandbox.journal.clear();
    const { server } = session;
    const [dialects, locals, externals] = await Promise.all([
      claimDialect.calls.list(server),
      localClaim.calls.list(server),
      externalClaim.calls.list(server),
    ]);
    const lists = [
      ...dialects.map((item) => [claimDialect, item] as const),
      ...locals.map((item) => [localClaim, item] as const),
    ];
    await Promise.all(lists.map(([kind, item]) => kind.calls.read(server, item)));
    await Promise.all(externals.map((item) => externalClaim.calls.read(server, item)));
    expect(requests()).toHaveLength(2 + dialects.length - 1);
    expect(new Set(requests()).size).toBe(requests().length);
    // Any parameter would be refused (quirk 23).
    expect(requests().filter((request) => request.includes('?'))).toEqual([]);
  });

  it('are read by themselves when the listing is not at hand', async () => {
    session = await openKinds('7.1');
    await session.save(localClaim, tier);
    await session.save(externalClaim, oidcTier);
    const seen = await localClaim.calls.read(session.server, { id: computedId(TIER), key: TIER });
    expect(seen?.value.displayName).toBe('Tier');
    const external = await externalClaim.calls.read(session.server, { id: computedId('tier'), key: OIDC_TIER });
    expect(external?.value.mappedLocalClaimURI).toBe(TIER);
    expect(await localClaim.calls.read(session.server, { id: computedId('x'), key: 'x' })).toBeUndefined();
  });
});

describe('what the product ships with', () => {
  const isProtected = (items: readonly Listed[]): boolean[] => items.map((item) => item.protectedBecause !== undefined);

  it.each(VERSIONS)('is protected on %s, and nothing else', async (version: Version) => {
    session = await openKinds(version);
    const kinds = [claimDialect, localClaim, externalClaim];
    const shipped = await Promise.all(kinds.map((kind) => kind.calls.list(session.server)));
    for (const items of shipped) {
      expect(items.length).toBeGreaterThan(5);
      expect(isProtected(items).every(Boolean)).toBe(true);
    }
    await session.save(localClaim, tier);
    await session.save(externalClaim, oidcTier);
    await session.save(claimDialect, { dialectURI: 'urn:a' });
    await session.save(externalClaim, {
      ...oidcTier,
      claimDialectURI: 'urn:a',
      mappedLocalClaimURI: 'http://wso2.org/claims/title',
    });
    const fresh = session.server.fresh();
    const custom = (await Promise.all(kinds.map((kind) => kind.calls.list(fresh))))
      .flat()
      .filter((item) => item.protectedBecause === undefined);
    expect(custom.map((item) => item.key).sort()).toEqual([OIDC_TIER, TIER, 'urn:a', 'urn:a tier'].sort());
  });

  it('leaves the company’s own claims free', async () => {
    session = await openKinds('7.1', sampleCompany('dev'));
    const custom = (await localClaim.calls.list(session.server)).filter((item) => !item.protectedBecause);
    expect(custom.map((item) => item.key)).toContain('http://wso2.org/claims/crewNumber');
    const external = (await externalClaim.calls.list(session.server)).filter((item) => !item.protectedBecause);
    expect(external.map((item) => item.key)).toContain(`${OIDC} berth_preference`);
  });
});

/** What a server of that version can hold of the richest claim. */
function held(value: JsonObject, version: Version): JsonObject {
  const since: Record<string, string> = {
    uniquenessScope: '7.1',
    sharedProfileValueResolvingMethod: '7.1',
    profiles: '7.1',
    dataType: '7.2',
    multiValued: '7.2',
    canonicalValues: '7.2',
    managedInUserStore: '7.3',
  };
  return Object.fromEntries(Object.entries(value).filter(([field]) => version >= (since[field] ?? '')));
}
