import type { Json } from '../../../src/model/json';
import { problemsOf } from '../../workspace/temporary-folder';
import { listApiResources, listRoles } from '../../../src/products/wso2-is/application/calls';
import { application } from '../../../src/products/wso2-is/kinds/application';
import { claimDialect } from '../../../src/products/wso2-is/kinds/claim-dialect';
import { externalClaim } from '../../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import { localClaim } from '../../../src/products/wso2-is/kinds/local-claim';
import { residentIdentityProvider } from '../../../src/products/wso2-is/kinds/resident-identity-provider';
import { readReferents } from '../../../src/products/wso2-is/referents';
import { serverWith, type Answers } from './answering-server';

const one = (field: string, item: Json): Json => ({ totalResults: 1, startIndex: 1, count: 1, [field]: [item] });
const FERRY = { id: '1', key: 'Ferry' };
const readFerry = (answers: Answers): Promise<unknown> => application.calls.read(serverWith(answers), FERRY);
const readPartner = (answers: Answers): Promise<unknown> => identityProvider.calls.read(serverWith(answers), FERRY);

const ferry = { id: '1', name: 'Ferry', inboundProtocols: [{ type: 'oauth2' }] };
const whole: Answers = { 'applications/1': ferry, 'protocols/oidc': { clientId: 'ferry' }, 'authorized-apis': [] };
const partner = { id: '1', name: 'Partner', federatedAuthenticators: { authenticators: [{ authenticatorId: 'Rw' }] } };

describe('an answer of another shape is an error, and never read as "nothing there":', () => {
  test.each<[string, () => Promise<unknown>]>([
    [
      'a listed application without a name',
      () => listOf(application, { applications: one('applications', { id: '1' }) }),
    ],
    [
      'a listed application without an id',
      () => listOf(application, { applications: one('applications', { name: 'a' }) }),
    ],
    ['no body in place of an application', () => readFerry({ ...whole, 'applications/1': undefined })],
    ['a list in place of an application', () => readFerry({ ...whole, 'applications/1': [] })],
    ['no body in place of its protocol', () => readFerry({ ...whole, 'protocols/oidc': undefined })],
    ['a text in place of its protocol', () => readFerry({ ...whole, 'protocols/oidc': 'none' })],
    ['no body in place of its authorized APIs', () => readFerry({ ...whole, 'authorized-apis': undefined })],
    ['a map in place of its authorized APIs', () => readFerry({ ...whole, 'authorized-apis': {} })],
    ['an authorized API that is a text', () => readFerry({ ...whole, 'authorized-apis': ['orders'] })],
    [
      'a listed identity provider without a name',
      () => listOf(identityProvider, { 'identity-providers': one('identityProviders', { id: '1' }) }),
    ],
    ['no body in place of an identity provider', () => readPartner({ 'identity-providers/1': undefined })],
    [
      'no body in place of an authenticator',
      () => readPartner({ 'identity-providers/1': partner, 'federated-authenticators/Rw': undefined }),
    ],
    ['no body in place of the resident identity provider', () => readResident(undefined)],
    ['an export of another identity provider', () => readResident({ identityProviderName: 'Partner' })],
    ['a map in place of the dialects', () => listOf(claimDialect, { 'claim-dialects': {} })],
    ['no body in place of the local claims', () => listOf(localClaim, { 'local/claims': undefined })],
    ['a local claim without its URI', () => listOf(localClaim, { 'local/claims': [{ id: '1' }] })],
    [
      'a map in place of the claims of a dialect',
      () =>
        listOf(externalClaim, {
          'claim-dialects': [{ id: 'b2', dialectURI: 'urn:boats' }],
          'local/claims': [],
          'b2/claims': {},
        }),
    ],
    ['no body in place of a claim', () => localClaim.calls.read(serverWith({ 'claims/1': undefined }), FERRY)],
    ['no body in place of API resources', () => listApiResources(serverWith({ 'api-resources': undefined }))],
    ['a map without API resources', () => listApiResources(serverWith({ 'api-resources': {} }))],
    ['API resources that turn in a circle', () => listApiResources(serverWith({ 'api-resources': circle }))],
    ['no body in place of roles', () => listRoles(serverWith({ Roles: undefined }))],
    ['fewer roles than there are', () => listRoles(serverWith({ Roles: { totalResults: 2, Resources: [] } }))],
    ['no body in place of user stores', () => readReferents(serverWith({ ...referents, userstores: undefined }))],
    ['a user store without a name', () => readReferents(serverWith({ ...referents, userstores: [{ id: '1' }] }))],
    ['no body in place of an API resource', () => readReferents(serverWith({ ...referents, 'api-resources/9': null }))],
  ])('%s', async (_what, work) => {
    const problems = await problemsOf(work);
    expect(problems.map(({ code, environment }) => [code, environment])).toEqual([
      [expect.stringMatching(/^(?:answer-malformed|list-malformed|list-incomplete)$/), 'dev'],
    ]);
  });

  const circle = {
    totalResults: 9,
    apiResources: [{ id: '9', identifier: 'orders' }],
    links: [{ rel: 'next', href: '/x?after=b' }],
  };
  const referents: Answers = {
    userstores: [],
    'api-resources': { totalResults: 1, apiResources: [{ id: '9', identifier: 'orders' }] },
    'api-resources/9': { id: '9', identifier: 'orders' },
    Roles: { totalResults: 0 },
  };
});

test('what the same answers say when they are whole', async () => {
  expect(await readFerry(whole)).toMatchObject({ value: { authorizedAPIs: [] } });
  // 404: it vanished, or an older server lists a protocol that it does not have.
  expect(await readFerry({})).toBeUndefined();
  expect(await readFerry({ 'applications/1': ferry })).toMatchObject({ id: '1', value: { name: 'Ferry' } });
  expect(await listRoles(serverWith({ Roles: { totalResults: 0 } }))).toEqual([]);
  expect(await listApiResources(serverWith({ 'api-resources': { totalResults: 0 } }))).toEqual(new Map());
});

function listOf(kind: { readonly calls: typeof application.calls }, answers: Answers): Promise<unknown> {
  return kind.calls.list(serverWith(answers));
}

function readResident(body: Json | undefined): Promise<unknown> {
  return residentIdentityProvider.calls.read(serverWith({ 'LOCAL/export': body }), { id: 'LOCAL', key: 'LOCAL' });
}
