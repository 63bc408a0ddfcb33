import type { JsonObject } from '../../src/model/json';
import type { Plan } from '../../src/model/plan';
import { wso2Is } from '../../src/products/wso2-is/product';
import type { Seed } from '../../src/sandbox/seeding';
import type { Version } from '../../src/sandbox/versions';
import type { DesiredState } from '../../src/workflows/desired';
import { lintDesired } from '../../src/workflows/lint';
import { makePlan } from '../../src/workflows/plan';
import { openTestServer, type TestServer } from './sandbox-session';

/* What a server would refuse, or leave out without a word, is said before anything is written. */

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function open(version: Version, seed?: Seed): Promise<TestServer> {
  const server = await openTestServer({ version, ...(seed ? { seed } : {}) });
  servers.push(server);
  return server;
}

const files = (kind: string, key: string, value: JsonObject): DesiredState => ({
  artifacts: [{ kind, key, value: { name: key, ...value }, file: `${key}.yaml`, unknownSecrets: [] }],
  problems: [],
});
const application = (value: JsonObject): DesiredState => files('application', 'Weir', value);
const provider = (value: JsonObject): DesiredState => files('identity-provider', 'Lock', value);

const plan = ({ session }: TestServer, desired: DesiredState): Promise<Plan> =>
  makePlan({ ...session, server: session.server.fresh() }, desired, { selection: {}, prune: false });
const told = ({ problems }: Pick<Plan, 'problems'>): string[] =>
  problems.map(({ code, message }) => `${code}: ${message}`);
const oidc = (grantTypes: string[], more: JsonObject = {}): JsonObject => ({
  inboundProtocolConfiguration: { oidc: { grantTypes, callbackURLs: ['https://weir.example/'], ...more } },
});
const steps = (...options: JsonObject[]): JsonObject => ({
  authenticationSequence: { type: 'USER_DEFINED', steps: [{ id: 1, options }] },
});
const roles = (localRole: string): JsonObject => ({
  claimConfiguration: { role: { mappings: [{ localRole, applicationRole: 'x' }] } },
});

const CLAIM = 'http://wso2.org/claims/nobody';
const MAPPED = { idpClaim: 'x', localClaim: { uri: CLAIM } };

describe('a plan names what the server does not have: artifact, field and name', () => {
  test.each([
    [
      'a local authenticator',
      application(steps({ idp: 'LOCAL', authenticator: 'totq' })),
      'missing-referent: application/Weir: authenticationSequence.steps[1].options: test has no authenticator "totq"',
    ],
    [
      'an authenticator of requests',
      application({
        authenticationSequence: {
          ...(steps({ idp: 'LOCAL', authenticator: 'totp' }).authenticationSequence as JsonObject),
          requestPathAuthenticators: ['Nope'],
        },
      }),
      'missing-referent: application/Weir: authenticationSequence.requestPathAuthenticators: test has no authenticator "Nope"',
    ],
    [
      'a grant type',
      application(oidc(['nonsense'])),
      'missing-referent: application/Weir: inboundProtocolConfiguration.oidc.grantTypes: test has no grant type "nonsense"',
    ],
    [
      'a scope validator',
      application(oidc(['client_credentials'], { scopeValidators: ['None such'] })),
      'missing-referent: application/Weir: inboundProtocolConfiguration.oidc.scopeValidators: test has no scope validator "None such"',
    ],
    [
      'a role',
      application(roles('Internal/nobody')),
      'missing-referent: application/Weir: claimConfiguration.role.mappings: test has no role "Internal/nobody"',
    ],
    [
      'a role that an identity provider maps',
      provider({ roles: { mappings: [{ idpRole: 'x', localRole: 'Internal/nobody' }] } }),
      'missing-referent: identity-provider/Lock: roles.mappings: test has no role "Internal/nobody"',
    ],
    [
      'a role of outbound provisioning',
      provider({ roles: { outboundProvisioningRoles: ['Internal/nobody'] } }),
      'missing-referent: identity-provider/Lock: roles.outboundProvisioningRoles: test has no role "Internal/nobody"',
    ],
    [
      'a local claim of an application',
      application({ claimConfiguration: { dialect: 'LOCAL', requestedClaims: [{ claim: { uri: CLAIM } }] } }),
      `missing-reference: application/Weir refers to local-claim/${CLAIM}, which test does not have and no file adds`,
    ],
    [
      'a local claim of an identity provider',
      provider({ claims: { mappings: [MAPPED] } }),
      `missing-reference: identity-provider/Lock refers to local-claim/${CLAIM}, which test does not have and no file adds`,
    ],
  ])('%s', async (_what, desired, expected) => {
    expect(told(await plan(await open('6.0'), desired))).toEqual([expected]);
  });

  test('the nearest name is told, and the file', async () => {
    const { problems } = await plan(await open('6.0'), application(steps({ idp: 'LOCAL', authenticator: 'totq' })));
    expect(problems[0]).toMatchObject({
      environment: 'test',
      artifact: 'application/Weir',
      place: { file: 'Weir.yaml' },
    });
    expect(problems[0]?.hint).toContain('Did you mean "totp"?');
  });

  test('what the server has is no problem', async () => {
    const desired = application({
      ...oidc(['authorization_code'], { scopeValidators: ['Role based scope validator'] }),
      ...steps({ idp: 'LOCAL', authenticator: 'IdentifierExecutor' }),
      ...roles('Internal/everyone'),
    });
    expect(told(await plan(await open('6.0'), desired))).toEqual([]);
  });
});

describe('asking the server', () => {
  const asked = ({ sandbox }: TestServer): string[] =>
    sandbox.journal
      .entries()
      .map(({ path }) => path)
      .filter((path) => /authenticators|meta\/|Roles|api-resources/.test(path));
  const refreshToken = { expiryInSeconds: 86400, renewRefreshToken: true };
  const own = {
    name: 'Weir',
    ...oidc(['authorization_code'], { refreshToken }),
    ...steps({ idp: 'LOCAL', authenticator: 'totp' }),
  };
  const seed: Seed = { requests: [{ verb: 'POST', path: '/applications', body: own }] };

  test('costs nothing when nothing changes, or when nothing new is named', async () => {
    const server = await open('6.0', seed);
    const unchanged = await plan(server, application(own));
    expect(unchanged.operations).toEqual([]);
    const { operations } = await plan(server, application({ ...own, description: 'A weir' }));
    expect(operations).toHaveLength(1);
    expect(asked(server)).toEqual([]);
  });

  test('is one request for each kind of thing, however many name it', async () => {
    const server = await open('6.0');
    const value = (name: string): JsonObject => ({
      name,
      ...oidc(['authorization_code', 'refresh_token'], { scopeValidators: ['Role based scope validator'] }),
      ...steps({ idp: 'LOCAL', authenticator: 'totp' }, { idp: 'LOCAL', authenticator: 'BasicAuthenticator' }),
      ...roles('Internal/admin'),
    });
    const names = ['Weir', 'Quay', 'Pier'];
    const artifacts = names.flatMap((name) => files('application', name, value(name)).artifacts);
    expect(told(await plan(server, { artifacts, problems: [] }))).toEqual([]);
    expect(
      asked(server)
        .map((path) => path.replace(/^.*(?:v1|scim2)\//, ''))
        .sort(),
    ).toEqual(['Roles?startIndex=1&count=100', 'applications/meta/inbound-protocols/oidc', 'authenticators']);
  });

  test.each([
    [{ status: 403 }, 'status 403: the scope for it is missing'],
    [{ status: 404 }, 'status 404'],
    // What stands in the place of an API that is not installed.
    [{ html: true }, 'what it answers is no list of them'],
  ] as const)('an answer that is none (%j) is a warning that it was not checked', async (action, why) => {
    const server = await open('6.0');
    server.sandbox.faults.set([{ match: { path: '/scim2/Roles' }, action }]);
    const { problems } = await plan(server, application(roles('Internal/nobody')));
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      `warning: test: not checked whether each role exists that application/Weir name: the server does not tell its roles (${why})`,
    ]);
  });
});

describe('combinations that servers refuse, by the plan and by lint', () => {
  const custom = (part: string, uri: string): JsonObject => ({
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: [{ applicationClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/emailaddress' } }],
      [part]: { claim: { uri } },
    },
  });
  const api = (identifier: string, policyIdentifier: string): JsonObject => ({
    authorizedAPIs: [{ identifier, policyIdentifier, scopes: [] }],
  });

  test.each([
    ['6.0', { advancedConfigurations: { discoverableByEndUsers: true } }, /discoverableByEndUsers: .* no accessUrl/],
    ['6.0', custom('role', 'http://wso2.org/claims/roles'), /role\.claim\.uri: .* must be an applicationClaim/],
    ['6.0', custom('subject', 'http://wso2.org/claims/userid'), /subject\.claim\.uri: .* must be an applicationClaim/],
    ['7.0', roles('admin'), /role\.mappings: .*"admin": from 7\.0 on only roles/],
    ['7.0', api('/scim2/Roles', 'NO POLICY'), /authorizedAPIs\[\/scim2\/Roles\]\.policyIdentifier: .*NO POLICY/],
  ] as const)('on %s: %j', async (version, value, message) => {
    const { problems } = await plan(await open(version), application(value));
    const refused = problems.filter(({ code }) => code === 'server-refuses');
    expect(refused.map(({ severity }) => severity)).toContain('error');
    expect(refused[0]?.message).toMatch(message);
    const linted = lintDesired(wso2Is.kinds, { name: 'test', version }, application(value));
    expect(linted.filter(({ code }) => code === 'server-refuses').map((problem) => problem.message)).toEqual([
      refused[0]?.message,
    ]);
  });

  test.each([
    ['6.0', roles('admin')],
    ['7.0', api('/scim2/Roles', 'RBAC')],
    ['6.0', custom('role', 'mail')],
    ['6.0', { accessUrl: 'https://weir.example', advancedConfigurations: { discoverableByEndUsers: true } }],
  ] as const)('not on %s: %j', async (version, value) => {
    expect(told(await plan(await open(version), application(value)))).toEqual([]);
  });

  test('NO POLICY is a matter of the API resource, which the plan asks', async () => {
    const resource = (name: string, requiresAuthorization: boolean): Seed['requests'][number] => ({
      verb: 'POST',
      path: '/api-resources',
      body: { name, identifier: `urn:${name}`, requiresAuthorization, scopes: [] },
    });
    const server = await open('7.0', { requests: [resource('open', false), resource('guarded', true)] });
    expect(told(await plan(server, application(api('urn:open', 'NO POLICY'))))).toEqual([]);
    expect(told(await plan(server, application(api('urn:guarded', 'RBAC'))))).toEqual([]);
    expect(told(await plan(server, application(api('urn:guarded', 'NO POLICY'))))).toEqual([
      'server-refuses: application/Weir: authorizedAPIs[urn:guarded].policyIdentifier: api resource urn:guarded requires authorization, so the server refuses NO POLICY: set policyIdentifier to RBAC',
    ]);
    expect(told(await plan(server, application(api('urn:none', 'RBAC'))))).toEqual([
      'missing-referent: application/Weir: authorizedAPIs[urn:none]: test has no api resource "urn:none"',
    ]);
  });

  test('from 7.0 on the default role claim is no claim of the server: it is not sent, and a mapping to it is refused', async () => {
    const ROLE = 'http://wso2.org/claims/role';
    const server = await open('7.0');
    const shown = await plan(
      server,
      application({ claimConfiguration: { dialect: 'LOCAL', role: { claim: { uri: ROLE } } } }),
    );
    expect(told(shown)).toEqual([]);
    expect(JSON.stringify(shown.operations[0]?.requests)).not.toContain(ROLE);
    const asked = { claimConfiguration: { dialect: 'LOCAL', requestedClaims: [{ claim: { uri: ROLE } }] } };
    expect(told(await plan(server, application(asked)))).toEqual([
      `missing-reference: application/Weir refers to local-claim/${ROLE}, which test does not have and no file adds`,
    ]);
    expect(told(await plan(await open('6.0'), application(asked)))).toEqual([]);
  });
});
