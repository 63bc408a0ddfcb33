import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, objects, sandboxed } from './api';

const TEMPLATES = '/identity-providers/templates';
const ISSUERS = '/trusted-token-issuers';
const OIDC = Buffer.from('OpenIDConnectAuthenticator').toString('base64url');

const HARBOUR = {
  name: 'Harbour',
  description: 'Login at the harbour',
  category: 'CUSTOM',
  displayOrder: 3,
  idp: {
    name: 'Harbour',
    federatedAuthenticators: {
      defaultAuthenticatorId: OIDC,
      authenticators: [{ authenticatorId: OIDC, isEnabled: true }],
    },
  },
};

describe('identity provider templates', () => {
  const server = sandboxed();

  test('a template is made, shown, changed and deleted', async () => {
    const path = await server.api.create(TEMPLATES, HARBOUR);
    expect(await server.api.read(path)).toMatchObject(HARBOUR);
    expect(await server.api.put(path, { ...HARBOUR, name: 'Pier' })).toMatchObject({ status: 200, body: '' });
    const list = await server.api.read(TEMPLATES);
    expect(list).toMatchObject({ totalResults: 2, startIndex: 1, count: 2 });
    expect(objects(list.templates)[0]).toMatchObject({ name: 'Facebook', category: 'DEFAULT' });
    expect(objects(list.templates)[1]).toMatchObject({
      name: 'Pier',
      category: 'CUSTOM',
      displayOrder: 3,
      services: ['authentication'],
      self: expect.stringContaining(TEMPLATES),
    });
    expect((await server.api.delete(path)).status).toBe(204);
    for (const reply of [server.api.get(path), server.api.put(path, HARBOUR), server.api.delete(path)]) {
      expect(await reply).toMatchObject({ status: 404, body: { code: 'TMM_00021' } });
    }
  });

  test('one that ships with the product can be read, but not changed, and its name is free', async () => {
    const path = `${TEMPLATES}/d7c8549f-32af-4f53-9013-f66f1a6c67bf`;
    expect(await server.api.read(path)).toMatchObject({ name: 'Facebook' });
    expect((await server.api.put(path, HARBOUR)).status).toBe(404);
    expect((await server.api.delete(path)).status).toBe(404);
    expect((await server.api.post(TEMPLATES, { ...HARBOUR, name: 'Facebook' })).status).toBe(201);
  });

  test('names are unique', async () => {
    await server.api.create(TEMPLATES, HARBOUR);
    expect(await server.api.post(TEMPLATES, HARBOUR)).toMatchObject({ status: 409, body: { code: 'TMM_00014' } });
    const other = await server.api.create(TEMPLATES, { ...HARBOUR, name: 'Pier' });
    expect((await server.api.put(other, HARBOUR)).status).toBe(409);
  });

  test('the provider in a template is checked like any other', async () => {
    const idp = { ...HARBOUR.idp, isEnabled: true };
    expect(await server.api.post(TEMPLATES, { ...HARBOUR, idp })).toMatchObject({
      status: 400,
      body: { code: 'UE-10000' },
    });
    expect((await server.api.post(TEMPLATES, { name: 'x' })).status).toBe(400);
  });

  test('the list can be filtered by what it shows', async () => {
    await server.api.create(TEMPLATES, HARBOUR);
    await server.api.create(TEMPLATES, { ...HARBOUR, name: 'Pier', category: 'DEFAULT' });
    const filter = encodeURIComponent("category eq 'CUSTOM'");
    expect(await server.api.read(`${TEMPLATES}?filter=${filter}`)).toMatchObject({ totalResults: 1 });
    expect(await server.api.read(`${TEMPLATES}?limit=1&offset=1`)).toMatchObject({ count: 1, startIndex: 2 });
    const unknown = encodeURIComponent("sails eq '3'");
    expect(await server.api.get(`${TEMPLATES}?filter=${unknown}`)).toMatchObject({
      status: 400,
      body: { code: 'IDP-65055' },
    });
  });
});

const ISSUER = {
  name: 'Lighthouse',
  issuer: 'https://lighthouse.example',
  alias: 'aldermere',
  certificate: { jwksUri: 'https://lighthouse.example/jwks' },
};

describe('trusted token issuers', () => {
  const server = sandboxed();

  test('an issuer is an identity provider whose issuer has a field of its own', async () => {
    const reply = await server.api.post(ISSUERS, ISSUER);
    expect(reply).toMatchObject({ status: 201, body: { ...ISSUER, isEnabled: true } });
    const path = new URL(reply.location).pathname;
    expect(await server.api.read(path)).not.toHaveProperty('idpIssuerName');
    await server.api.create('/identity-providers', { name: 'Quayside' });
    expect(await server.api.read(ISSUERS)).toMatchObject({
      totalResults: 1,
      identityProviders: [{ name: 'Lighthouse' }],
    });
    const provider = `/identity-providers/${String(object(reply.body).id)}`;
    expect(await server.api.read(provider)).toMatchObject({ idpIssuerName: 'https://lighthouse.example' });
    const patch = await server.api.patch(path, [
      { operation: 'REPLACE', path: '/issuer', value: 'https://beacon.example' },
    ]);
    expect(patch).toMatchObject({ status: 200, body: { issuer: 'https://beacon.example' } });
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await server.api.get(path)).toMatchObject({ status: 404, body: { code: 'IDP-60002' } });
  });

  test('what is no issuer is not found here', async () => {
    const path = await server.api.create('/identity-providers', { name: 'Quayside' });
    expect((await server.api.get(path.replace('/identity-providers', ISSUERS))).status).toBe(404);
    expect(await server.api.post(ISSUERS, { name: 'x' })).toMatchObject({ status: 400, body: { code: 'UE-10000' } });
    expect(await server.api.read(ISSUERS)).not.toHaveProperty('identityProviders');
  });

  test('they came with 7.0', async () => {
    const older = await startSandbox({ version: '6.1' });
    try {
      expect((await new Api(older).get(ISSUERS)).status).toBe(404);
    } finally {
      await older.close();
    }
  });
});

describe('the list of identity providers', () => {
  const server = sandboxed();
  const names = async (query: string): Promise<unknown[]> =>
    objects((await server.api.read(`/identity-providers${query}`)).identityProviders).map((each) => each.name);

  test('is sorted by name or home realm, in capitals', async () => {
    await server.api.create('/identity-providers', { name: 'Quayside', homeRealmIdentifier: 'a' });
    await server.api.create('/identity-providers', { name: 'Anchor', homeRealmIdentifier: 'b' });
    expect(await names('?sortBy=name')).toEqual(['Anchor', 'Quayside']);
    expect(await names('?sortBy=name&sortOrder=DESC')).toEqual(['Quayside', 'Anchor']);
    expect(await names('?sortBy=name&sortOrder=desc')).toEqual(['Anchor', 'Quayside']);
    expect(await names('?sortBy=homeRealmIdentifier')).toEqual(['Quayside', 'Anchor']);
  });

  test.each(['limit=-1', 'offset=-1'])('has no page with %s', async (query) => {
    expect(await server.api.get(`/identity-providers?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'IDP-65003' },
    });
  });
});

describe('user-defined authenticators', () => {
  const server = sandboxed();
  const provider = (name: string, authenticator: string, properties: object): object => ({
    name,
    federatedAuthenticators: {
      defaultAuthenticatorId: '',
      authenticators: [
        {
          authenticatorId: Buffer.from(authenticator).toString('base64url'),
          definedBy: 'USER',
          endpoint: { uri: 'https://deck.example', authentication: { type: 'BASIC', properties } },
        },
      ],
    },
  });
  const credentials = { username: 'mate', password: 'rope' };

  test('their names are unique in the tenant', async () => {
    await server.api.create('/identity-providers', provider('Deck', 'deck', credentials));
    expect((await server.api.post('/identity-providers', provider('Hold', 'deck', credentials))).status).toBe(400);
    const shipped = provider('Hold', 'GoogleOIDCAuthenticator', credentials);
    expect((await server.api.post('/identity-providers', shipped)).status).toBe(400);
    expect((await server.api.post('/identity-providers', provider('Hold', 'hold', credentials))).status).toBe(201);
  });

  test('they need what their way of authentication asks for', async () => {
    const incomplete = provider('Deck', 'deck', { username: 'mate', password: '' });
    expect((await server.api.post('/identity-providers', incomplete)).status).toBe(400);
  });
});
