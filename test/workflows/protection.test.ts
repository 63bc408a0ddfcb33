import type { Listed } from '../../src/products/product';
import { application } from '../../src/products/wso2-is/kinds/application';
import { claimDialect } from '../../src/products/wso2-is/kinds/claim-dialect';
import { externalClaim } from '../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../src/products/wso2-is/kinds/identity-provider';
import { localClaim } from '../../src/products/wso2-is/kinds/local-claim';
import { residentIdentityProvider } from '../../src/products/wso2-is/kinds/resident-identity-provider';
import { wso2Is } from '../../src/products/wso2-is/product';
import type { Version } from '../../src/sandbox/versions';
import { smallCompany } from '../e2e/small-company';
import { makePlan } from '../../src/workflows/plan';
import { protectionOf } from '../../src/workflows/live';
import type { Session } from '../../src/workflows/session';
import { readState } from '../../src/workflows/states';
import { createServer } from '../../src/products/server';
import { openTestServer, type TestServer } from './sandbox-session';

const BUILT_IN = 'built into the product';
const OIDC = 'http://wso2.org/oidc/claim';

const item = (key: string, rest: Partial<Listed> = {}): Listed => ({ id: '1', key, ...rest });
const marked = { claimURI: 'x', properties: [{ key: 'isSystemClaim', value: 'true' }] };
const email = {
  claimDialectURI: OIDC,
  claimURI: 'email',
  mappedLocalClaimURI: 'http://wso2.org/claims/emailaddress',
};

describe('left alone by default', () => {
  test.each([
    ['what its listing says', application, item('Shop', { protectedBecause: 'read-only' }), 'read-only'],
    ['a portal of the product', application, item('Console'), BUILT_IN],
    ['the other portal', application, item('My Account'), BUILT_IN],
    ['the resident application', application, item('wso2carbon-local-sp'), BUILT_IN],
    ['the organization login', identityProvider, item('SSO'), BUILT_IN],
    ['the resident identity provider', residentIdentityProvider, item('LOCAL'), BUILT_IN],
    ['a dialect of the product', claimDialect, item(OIDC), BUILT_IN],
    ['a local claim that is marked', localClaim, item('x', { value: marked }), BUILT_IN],
    ['a claim of the product in a dialect of it', externalClaim, item(`${OIDC} email`, { value: email }), BUILT_IN],
    ['nothing else: an application', application, item('Shop'), undefined],
    ['nothing else: an identity provider', identityProvider, item('Partner'), undefined],
    ['nothing else: a local claim', localClaim, item('x', { value: { claimURI: 'x' } }), undefined],
    ['nothing else: a dialect', claimDialect, item('urn:boats'), undefined],
  ])('%s', (_what, kind, listed, why) => {
    expect(protectionOf(kind, listed, '7.1')).toBe(why);
  });
});

describe('a whole server is pruned', () => {
  let server: TestServer;
  afterEach(() => server.close());

  const RELEASES: readonly Version[] = ['5.11', '6.0', '6.1', '7.0', '7.1', '7.3'];

  async function signedInAs(ownClientId: string, version: Version): Promise<Session> {
    server = await openTestServer({ seed: smallCompany, version });
    const own = createServer({ environment: 'test', version, ownClientId }, server.session.server.transport);
    return { ...server.session, server: own };
  }

  // Lists of 5.11 show no client ids, and those of 6.0 only where they are asked for.
  test.each(RELEASES)('of %s: the product’s own, and the client that Liftlock signs in with, stay', async (version) => {
    const session = await signedInAs('harbour', version);
    const options = { selection: {}, prune: true };
    const { operations, skipped } = await makePlan(session, { artifacts: [], problems: [] }, options);
    expect(operations.map(({ kind, key }) => `${kind}/${key}`)).toEqual([
      'application/Ferry',
      'application/Lighthouse',
      'identity-provider/Partner',
    ]);
    expect(skipped.filter(({ why }) => why !== 'Liftlock signs in with it')).toEqual([]);
    expect(session.kinds).toHaveLength(wso2Is.kinds.length);
  });

  test.each(RELEASES)(
    'of %s: a file does not change that client, and no export or drift takes it in',
    async (version) => {
      const session = await signedInAs('harbour', version);
      const file = { kind: 'application', key: 'Harbour', file: 'h.yaml', unknownSecrets: [] };
      const artifacts = [{ ...file, value: { name: 'Harbour', description: 'Changed' } }];
      const plan = await makePlan(session, { artifacts, problems: [] }, { selection: {}, prune: false });
      expect(plan.operations.filter(({ kind }) => kind === 'application')).toEqual([]);
      expect(plan.skipped).toContainEqual({ kind: 'application', key: 'Harbour', why: 'Liftlock signs in with it' });
      const state = await readState(session, {}, { inFiles: () => false });
      expect([...state.artifacts.keys()].filter((name) => name.startsWith('application/')).sort()).toEqual([
        'application/Ferry',
        'application/Lighthouse',
      ]);
    },
  );
});
