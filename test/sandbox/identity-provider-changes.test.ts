import { allianceOneCertificate, allianceTwoCertificate, base64OfPem } from '../../src/sandbox/seed/certificates';
import { object, objects, sandboxed } from './api';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const OIDC_ID = 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I';
const SCIM_ID = 'c2NpbQ';
const properties = [
  { key: 'ClientId', value: 'me' },
  { key: 'ClientSecret', value: 'mine' },
  { key: 'Scopes', value: 'openid email' },
  { key: 'callbackUrl', value: 'https://id.example/commonauth' },
];
const PROVIDER = {
  name: 'Corporate',
  federatedAuthenticators: {
    defaultAuthenticatorId: OIDC_ID,
    authenticators: [{ authenticatorId: OIDC_ID, isEnabled: true, properties }],
  },
  provisioning: {
    jit: { isEnabled: true },
    outboundConnectors: {
      defaultConnectorId: SCIM_ID,
      connectors: [{ connectorId: SCIM_ID, isEnabled: true, properties: [{ key: 'scim-password', value: 'secret' }] }],
    },
  },
};

describe('changes of identity providers', () => {
  const server = sandboxed();

  describe('PATCH', () => {
    const one = base64OfPem(allianceOneCertificate);
    const two = base64OfPem(allianceTwoCertificate);
    const list = '/certificate/certificates/';
    const jwks = '/certificate/jwksUri';

    test('certificates follow the index rules', async () => {
      const path = await server.api.create('/identity-providers', {
        name: 'x',
        certificate: { certificates: [allianceOneCertificate] },
      });
      expect(await server.api.read(path)).toMatchObject({ certificate: { certificates: [one] } });
      const patched = async (...operations: object[]) => server.api.patch(path, operations);
      expect(await patched({ operation: 'ADD', path: `${list}2`, value: two })).toMatchObject({
        status: 400,
        body: { code: 'IDP-60025' },
      });
      expect(await patched({ operation: 'ADD', path: `${list}1`, value: one })).toMatchObject({ status: 409 });
      expect(await patched({ operation: 'REMOVE', path: `${list}4` })).toMatchObject({
        status: 404,
        body: { code: 'IDP-65005' },
      });
      const added = await patched({ operation: 'ADD', path: `${list}1`, value: two });
      expect(added).toMatchObject({ status: 200, body: { certificate: { certificates: [one, two] } } });
      const replaced = await patched(
        { operation: 'REMOVE', path: `${list}1` },
        { operation: 'REPLACE', path: `${list}0`, value: two },
      );
      expect(replaced.body).toMatchObject({ certificate: { certificates: [two] } });
    });

    test('a JWKS address and certificates displace each other', async () => {
      const path = await server.api.create('/identity-providers', {
        name: 'x',
        certificate: { certificates: [one], jwksUri: 'https://k.example' },
      });
      expect(await server.api.read(path)).toMatchObject({ certificate: { jwksUri: 'https://k.example' } });
      expect(
        await server.api.patch(path, [{ operation: 'ADD', path: jwks, value: 'https://l.example' }]),
      ).toMatchObject({ status: 400 });
      const certificate = { certificates: [one] };
      expect((await server.api.patch(path, [{ operation: 'ADD', path: `${list}0`, value: one }])).body).toMatchObject({
        certificate,
      });
      expect(await server.api.patch(path, [{ operation: 'REPLACE', path: jwks, value: 'x' }])).toMatchObject({
        status: 404,
        body: { code: 'IDP-65005' },
      });
      expect(
        (await server.api.patch(path, [{ operation: 'ADD', path: jwks, value: 'https://l.example' }])).body,
      ).toMatchObject({
        certificate: { jwksUri: 'https://l.example' },
      });
      expect((await server.api.patch(path, [{ operation: 'REMOVE', path: jwks }])).body).not.toHaveProperty(
        'certificate',
      );
    });

    test.each([
      ['a claim', '/claims', 'x', 'IDP-60025'],
      ['the template', '/templateId', 'x', 'IDP-60025'],
      ['an issuer that is absent', '/idpIssuerName', 'x', 'IDP-65005'],
    ])('%s cannot be replaced', async (_what, pointer, value, code) => {
      const path = await server.api.create('/identity-providers', { name: 'x' });
      expect(await server.api.patch(path, [{ operation: 'REPLACE', path: pointer, value }])).toMatchObject({
        body: { code },
      });
    });

    test('all operations happen or none; booleans count as text', async () => {
      const path = await server.api.create('/identity-providers', { name: 'x' });
      const good = { operation: 'REPLACE', path: '/isFederationHub', value: true };
      expect((await server.api.patch(path, [good, { operation: 'ADD', path: '/nonsense', value: 'x' }])).status).toBe(
        400,
      );
      expect(await server.api.read(path)).toMatchObject({ isFederationHub: false });
      expect((await server.api.patch(path, [good])).body).toMatchObject({ isFederationHub: true });
      expect((await server.api.patch(path, { operation: 'ADD' })).status).toBe(400);
    });
  });

  test('parts are replaced by PUT with the checks that POST does not make', async () => {
    const claims = {
      userIdClaim: { uri: 'sub' },
      mappings: [{ idpClaim: 'x', localClaim: { uri: 'http://wso2.org/claims/nope' } }],
    };
    const path = await server.api.create('/identity-providers', { name: 'x', claims });
    expect(await server.api.put(`${path}/claims`, claims)).toMatchObject({ status: 400, body: { code: 'IDP-60030' } });
    const unmapped = { ...claims, userIdClaim: { uri: 'x' }, roleClaim: { uri: 'r' } };
    expect(await server.api.put(`${path}/claims`, unmapped)).toMatchObject({ body: { code: 'IDP-60031' } });
    const unknown = { ...claims, userIdClaim: { uri: 'x' } };
    expect(await server.api.put(`${path}/claims`, unknown)).toMatchObject({ body: { code: 'IDP-60032' } });
    expect(await server.api.put(`${path}/claims`, { userIdClaim: { uri: 'sub' } })).toMatchObject({
      status: 400,
      body: { code: 'IDP-60033' },
    });
    expect(await server.api.put(`${path}/claims`, { roleClaim: { uri: 'r' } })).toMatchObject({
      status: 400,
      body: { code: 'IDP-60034' },
    });
    expect(await server.api.put(`${path}/claims`, { userIdClaim: {} })).toMatchObject({
      status: 400,
      body: { code: 'UE-10000' },
    });
    const mapped = {
      userIdClaim: { uri: '' },
      mappings: [{ idpClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/emailaddress' } }],
    };
    const provisioningClaims = [{ claim: { uri: 'mail' }, defaultValue: '' }];
    expect((await server.api.put(`${path}/claims`, { ...mapped, provisioningClaims })).body).toMatchObject({
      userIdClaim: {},
      mappings: [
        { idpClaim: 'mail', localClaim: { displayName: 'Email', id: encoded('http://wso2.org/claims/emailaddress') } },
      ],
      provisioningClaims: [],
    });
    expect(
      (
        await server.api.put(`${path}/roles`, {
          mappings: [
            { idpRole: 'a', localRole: 'admin' },
            { idpRole: 'b', localRole: 'internal/admin' },
          ],
          outboundProvisioningRoles: ['admin', 'Internal/admin'],
        })
      ).body,
    ).toMatchObject({
      // A bare name is a group, which no outer role can be mapped to from 7.0.
      mappings: [{ idpRole: 'b', localRole: 'Internal/admin' }],
      outboundProvisioningRoles: ['admin', 'Internal/admin'],
    });
    expect(
      (await server.api.put(`${path}/provisioning/jit`, { isEnabled: true, attributeSyncMethod: 'NONE' })).body,
    ).toMatchObject({
      attributeSyncMethod: 'NONE',
      scheme: 'PROVISION_SILENTLY',
    });
    expect((await server.api.put(`${path}/provisioning/jit`, { isEnabled: null })).status).toBe(400);
    const groups = objects((await server.api.put(`${path}/groups`, [{ name: 'g' }])).body);
    expect(objects((await server.api.put(`${path}/groups`, [{ name: 'h' }, { name: 'g' }])).body)[1]).toEqual(
      groups[0],
    );
    expect(
      await server.api.put(`${path}/implicit-association`, { isEnabled: true, lookupAttribute: [] }),
    ).toMatchObject({
      status: 400,
      body: { code: 'IDP-60025' },
    });
    expect(
      (await server.api.put(`${path}/implicit-association`, { isEnabled: false, lookupAttribute: [''] })).body,
    ).toEqual({
      isEnabled: false,
      lookupAttribute: [],
    });
  });

  test('a connector needs properties', async () => {
    const path = `${await server.api.create('/identity-providers', PROVIDER)}/provisioning/outbound-connectors/${SCIM_ID}`;
    expect(await server.api.put(path, { isEnabled: true, properties: [] })).toMatchObject({
      status: 400,
      body: { code: 'IDP-60029' },
    });
    const changed = [{ key: 'scim-username', value: 'u' }];
    expect((await server.api.put(path, { isEnabled: false, properties: changed })).status).toBe(200);
    // Without isDefault it is not the default any more.
    expect(await server.api.read(path)).toMatchObject({
      isEnabled: false,
      isDefault: false,
      blockingEnabled: false,
      properties: changed,
    });
  });

  test('one that an application uses is deleted by force only', async () => {
    const path = await server.api.create('/identity-providers', PROVIDER);
    const options = [{ idp: 'Corporate', authenticator: 'OpenIDConnectAuthenticator' }];
    const application = await server.api.create('/applications', {
      name: 'x',
      authenticationSequence: { type: 'USER_DEFINED', steps: [{ id: 1, options }] },
    });
    expect(await server.api.read(`${path}/connected-apps`)).toMatchObject({
      totalResults: 1,
      connectedApps: [{ self: application }],
    });
    expect(await server.api.delete(path)).toMatchObject({ status: 400, body: { code: 'IDP-65004' } });
    const disable = [{ operation: 'REPLACE', path: '/isEnabled', value: 'false' }];
    expect(await server.api.patch(path, disable)).toMatchObject({ status: 500, body: { code: 'IDP-65003' } });
    expect((await server.api.delete(`${path}?force=true`)).status).toBe(204);
    expect((await server.api.read(application)).authenticationSequence).toMatchObject({ type: 'DEFAULT' });
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await server.api.delete(`${path}?force=true`)).toMatchObject({ status: 404, body: { code: 'IDP-60002' } });
  });

  describe('that an application uses', () => {
    const OIDC = 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I';
    const SAML = 'U0FNTFNTT0F1dGhlbnRpY2F0b3I';
    const authenticators = (isEnabled: boolean): object => ({
      defaultAuthenticatorId: SAML,
      authenticators: [
        { authenticatorId: OIDC, isEnabled },
        { authenticatorId: SAML, isEnabled: true },
      ],
    });
    let [path, application] = ['', ''];
    beforeEach(async () => {
      path = await server.api.create('/identity-providers', {
        name: 'Pilots',
        federatedAuthenticators: authenticators(true),
      });
      const options = [
        { idp: 'Pilots', authenticator: 'OpenIDConnectAuthenticator' },
        { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
      ];
      application = await server.api.create('/applications', {
        name: 'Pilot Log',
        authenticationSequence: { type: 'USER_DEFINED', steps: [{ id: 1, options }] },
      });
    });

    test('takes its application along when it is renamed', async () => {
      const rename = [{ operation: 'REPLACE', path: '/name', value: 'Harbour Pilots' }];
      expect((await server.api.patch(path, rename)).status).toBe(200);
      const { authenticationSequence } = await server.api.read(application);
      const [step] = objects(object(authenticationSequence).steps);
      expect(objects(step?.options).map((option) => option.idp)).toEqual(['Harbour Pilots', 'LOCAL']);
      expect(await server.api.read(`${path}/connected-apps`)).toMatchObject({ totalResults: 1 });
      expect(await server.api.delete(path)).toMatchObject({ status: 400, body: { code: 'IDP-65004' } });
    });

    test('cannot have the authenticator disabled that the application asks for', async () => {
      const inUse = (code: string) => ({ status: 500, body: { code } });
      const parts = `${path}/federated-authenticators`;
      expect(await server.api.put(parts, authenticators(false))).toMatchObject(inUse('IDP-65005'));
      const off = { isEnabled: false, properties: [] };
      expect(await server.api.put(`${parts}/${OIDC}`, off)).toMatchObject(inUse('IDP-65033'));
      expect(await server.api.read(`${parts}/${OIDC}`)).toMatchObject({ isEnabled: true });
      expect((await server.api.delete(application)).status).toBe(204);
      expect((await server.api.put(parts, authenticators(false))).status).toBe(200);
    });
  });

  test('has an authenticator once: of a list with it twice the first is stored', async () => {
    const twice = {
      defaultAuthenticatorId: '',
      authenticators: [true, false].map((isEnabled) => ({ authenticatorId: OIDC_ID, isEnabled })),
    };
    const path = await server.api.create('/identity-providers', { name: 'Pilots', federatedAuthenticators: twice });
    const parts = `${path}/federated-authenticators`;
    expect(objects((await server.api.read(parts)).authenticators)).toMatchObject([{ isEnabled: true }]);
    expect(
      (await server.api.put(parts, { ...twice, authenticators: [...twice.authenticators].reverse() })).status,
    ).toBe(200);
    expect(objects((await server.api.read(parts)).authenticators)).toMatchObject([{ isEnabled: false }]);
  });

  test.each(['/identity-providers', '/trusted-token-issuers'])(
    'LOCAL is the name of the resident one: %s',
    async (list) => {
      const issuer = {
        certificate: { jwksUri: 'https://keys.aldermere.example' },
        issuer: 'https://aldermere.example',
      };
      const body = { name: 'LOCAL', ...(list === '/identity-providers' ? {} : issuer) };
      expect(await server.api.post(list, body)).toMatchObject({ status: 409, body: { code: 'IDP-60001' } });
    },
  );

  test('the catalogue tells confidential properties', async () => {
    const all = await server.api.readList('/identity-providers/meta/federated-authenticators');
    const oidc = await server.api.read(String(all.find((each) => each.name === 'OpenIDConnectAuthenticator')?.self));
    expect(objects(oidc.properties).filter((property) => property.isConfidential === true)).toMatchObject([
      { key: 'ClientSecret' },
    ]);
    const scim = await server.api.read(`/identity-providers/meta/outbound-provisioning-connectors/${SCIM_ID}`);
    expect(objects(scim.properties).filter((property) => property.isConfidential === true)).toMatchObject([
      { key: 'scim-password' },
    ]);
    expect(await server.api.get('/identity-providers/meta/federated-authenticators/bm9wZQ')).toMatchObject({
      status: 404,
      body: { code: 'IDP-60022' },
    });
  });
});
