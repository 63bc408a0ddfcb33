import type { Listed } from '../../src/products/product';
import { application } from '../../src/products/wso2-is/kinds/application';
import { claimDialect } from '../../src/products/wso2-is/kinds/claim-dialect';
import { externalClaim } from '../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../src/products/wso2-is/kinds/identity-provider';
import { localClaim } from '../../src/products/wso2-is/kinds/local-claim';
import { residentIdentityProvider } from '../../src/products/wso2-is/kinds/resident-identity-provider';
import { wso2Is } from '../../src/products/wso2-is/product';
import { smallCompany } from '../e2e/small-company';
import { makePlan } from '../../src/workflows/plan';
import { protectionOf } from '../../src/workflows/live';
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

  test('and what is the product’s own, and the client that Liftlock signs in with, stays', async () => {
    server = await openTestServer({ seed: smallCompany });
    const { session } = server;
    const own = createServer({ environment: 'test', version: '7.1', ownClientId: 'harbour' }, session.server.transport);
    const options = { selection: {}, prune: true };
    const { operations } = await makePlan({ ...session, server: own }, { artifacts: [], problems: [] }, options);
    expect(operations.map(({ kind, key }) => `${kind}/${key}`)).toEqual([
      'application/Ferry',
      'application/Lighthouse',
      'identity-provider/Partner',
    ]);
    expect(session.kinds).toHaveLength(wso2Is.kinds.length);
  });
});
