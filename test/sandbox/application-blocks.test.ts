import { makeCertificate } from '../../src/sandbox/certificate';
import { object, objects, sandboxed } from './api';

const BASIC_STEP = { id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] };
const LOCAL = 'http://wso2.org/claims/';

describe('the blocks of an application', () => {
  const server = sandboxed();

  describe('claims', () => {
    const uri = (name: string) => ({ claim: { uri: `${LOCAL}${name}` } });
    const mapping = (applicationClaim: string, local: string) => ({
      applicationClaim,
      localClaim: { uri: `${LOCAL}${local}` },
    });

    async function after(...bodies: object[]) {
      const path = await server.api.create('/applications', { name: 'x' });
      for (const claimConfiguration of bodies)
        expect((await server.api.patch(path, { claimConfiguration })).status).toBe(200);
      return object((await server.api.read(path)).claimConfiguration);
    }

    test('a PATCH rewrites dialect and mappings', async () => {
      const custom = { dialect: 'CUSTOM', claimMappings: [mapping('mail', 'emailaddress')] };
      expect(await after(custom, { requestedClaims: [uri('country')] })).toMatchObject({
        dialect: 'LOCAL',
        claimMappings: [mapping(`${LOCAL}country`, 'country')],
        requestedClaims: [{ ...uri('country'), mandatory: false }],
      });
    });

    test('a requested claim without a mapping is dropped', async () => {
      const requested = [{ claim: { uri: 'mail' }, mandatory: true }, { claim: { uri: 'gone' } }];
      const claims = await after({
        dialect: 'CUSTOM',
        claimMappings: [mapping('mail', 'emailaddress')],
        requestedClaims: requested,
      });
      expect(claims.requestedClaims).toEqual([{ claim: { uri: 'mail' }, mandatory: true }]);
      expect(claims.claimMappings).toEqual([mapping('mail', 'emailaddress')]);
      expect(object(claims.subject)).not.toHaveProperty('claim');
    });

    test('an empty list of mappings drops every request', async () => {
      expect(await after({ claimMappings: [], requestedClaims: [uri('country')] })).toMatchObject({
        requestedClaims: [],
      });
    });

    test('a LOCAL application shows all mappings, those to the same name too', async () => {
      const claimMappings = [mapping('nation', 'country'), mapping(`${LOCAL}region`, 'region')];
      const { claimMappings: shown } = await after({ claimMappings });
      expect(objects(shown)).toHaveLength(2);
      expect(shown).toEqual(expect.arrayContaining(claimMappings));
    });

    test('the order of mappings is not kept, but it is always the same', async () => {
      const sent = ['username', 'emailaddress', 'country', 'region', 'title', 'gender'].map((name) =>
        mapping(name, name),
      );
      const first = (await after({ dialect: 'CUSTOM', claimMappings: sent })).claimMappings;
      server.api.sandbox.reset();
      const second = (await after({ dialect: 'CUSTOM', claimMappings: sent.toReversed() })).claimMappings;
      expect(first).not.toEqual(sent);
      expect(second).toEqual(first);
    });

    test('the same application claim twice is an uncaught exception', async () => {
      const path = await server.api.create('/applications', { name: 'x' });
      const claimMappings = [mapping('a', 'country'), mapping('a', 'region')];
      expect(await server.api.patch(path, { claimConfiguration: { claimMappings } })).toMatchObject({
        status: 500,
        body: { code: 'SE-50000' },
      });
    });

    test('subject is merged, role mappings are replaced', async () => {
      const role = { mappings: [{ localRole: 'Internal/everyone', applicationRole: 'a' }], includeUserDomain: false };
      const claims = await after(
        { subject: { ...uri('country'), includeUserDomain: true }, role },
        { subject: { includeTenantDomain: true }, role: {} },
      );
      expect(claims.subject).toMatchObject({ ...uri('country'), includeUserDomain: true, includeTenantDomain: true });
      expect(claims.role).toMatchObject({ includeUserDomain: false });
      expect(claims.role).not.toHaveProperty('mappings');
    });

    test.each([
      ['a mandatory subject that is not in use', { subject: { mappedLocalSubjectMandatory: true } }, 'APP-60513'],
      ['the synthesised role claim', { role: { claim: { uri: `${LOCAL}role` } } }, 'APP-60001'],
    ])('%s is refused', async (_what, claimConfiguration, code) => {
      const path = await server.api.create('/applications', { name: 'x' });
      expect(await server.api.patch(path, { claimConfiguration })).toMatchObject({ status: 400, body: { code } });
    });
  });

  describe('login sequence', () => {
    const google = {
      name: 'Google',
      federatedAuthenticators: {
        defaultAuthenticatorId: '',
        authenticators: [{ authenticatorId: 'R29vZ2xlT0lEQ0F1dGhlbnRpY2F0b3I', isEnabled: true, properties: [] }],
      },
    };
    const options = [
      { idp: 'Google', authenticator: 'GoogleOIDCAuthenticator' },
      { idp: 'LOCAL', authenticator: 'totp' },
      { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
    ];

    test('options come grouped, steps sorted, step ids within bounds', async () => {
      await server.api.create('/identity-providers', google);
      const authenticationSequence = {
        type: 'USER_DEFINED',
        steps: [
          { ...BASIC_STEP, id: 2 },
          { id: 1, options },
        ],
        script: 'executeStep(1);',
        subjectStepId: 7,
        attributeStepId: 2,
      };
      const path = await server.api.create('/applications', { name: 'x', authenticationSequence });
      const shown = object((await server.api.read(path)).authenticationSequence);
      expect(objects(shown.steps).map((step) => step.id)).toEqual([1, 2]);
      expect(objects(objects(shown.steps)[0]?.options).map((option) => option.idp)).toEqual([
        'Google',
        'LOCAL',
        'LOCAL',
      ]);
      expect(shown).toMatchObject({ subjectStepId: 1, attributeStepId: 2, script: 'executeStep(1);' });
      expect(await server.api.readList(`${path}/authenticators`)).toMatchObject([{ stepId: 1 }, { stepId: 2 }]);
    });

    test('a blank script is ignored, DEFAULT removes it, a script alone is dropped', async () => {
      const steps = [BASIC_STEP];
      const path = await server.api.create('/applications', {
        name: 'x',
        authenticationSequence: { type: 'USER_DEFINED', steps, script: 'a' },
      });
      const patched = async (authenticationSequence: object) => {
        expect((await server.api.patch(path, { authenticationSequence })).status).toBe(200);
        return object((await server.api.read(path)).authenticationSequence);
      };
      expect(await patched({ type: 'USER_DEFINED', steps, script: ' ' })).toMatchObject({ script: 'a' });
      expect(await patched({ type: 'DEFAULT' })).not.toHaveProperty('script');
      expect(await patched({ script: 'b' })).not.toHaveProperty('script');
    });
  });

  test('a PEM certificate displaces a JWKS address and the other way around', async () => {
    const path = await server.api.create('/applications', {
      name: 'x',
      advancedConfigurations: { saas: true, certificate: { type: 'JWKS', value: 'https://keys.example' } },
    });
    const { certificate: pem } = await makeCertificate();
    const certificate = { type: 'PEM', value: Buffer.from(pem).toString('base64') };
    await server.api.patch(path, { advancedConfigurations: { certificate } });
    expect((await server.api.read(path)).advancedConfigurations).toMatchObject({ saas: true, certificate });
  });

  test('provisioning targets have to exist', async () => {
    const target = { idp: 'Nobody', connector: 'scim' };
    const body = { name: 'x', provisioningConfigurations: { outboundProvisioningIdps: [target] } };
    expect(await server.api.post('/applications', body)).toMatchObject({ status: 400, body: { code: 'APP-60514' } });
  });

  test('the resident application wraps on GET what PUT takes bare', async () => {
    const inboundProvisioning = { proxyMode: true, provisioningUserstoreDomain: 'PRIMARY' };
    expect((await server.api.put('/applications/resident', { inboundProvisioning })).status).toBe(200);
    expect(await server.api.read('/applications/resident')).toEqual({
      provisioningConfigurations: { inboundProvisioning, outboundProvisioningIdps: [] },
    });
  });
});
