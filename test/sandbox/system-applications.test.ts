import { objects, sandboxed, type Api } from './api';

/* The applications that the product itself consists of are read-only as a whole (reference §2.1.8). */

const server = sandboxed({ version: '7.2' });
const FORBIDDEN = { status: 403, body: { code: 'APP-60008' } };
const OWNER = { id: '6f1d9a52-2f0c-4c5e-9c0e-0a4a7a3c2b11' };

async function systemApplication(api: Api, name: string): Promise<string> {
  const { applications } = await api.read(`/applications?filter=name eq ${name}`);
  return `/applications/${objects(applications)[0]?.id as string}`;
}

describe.each(['Console', 'My Account'])('%s', (name) => {
  test.each([
    ['PATCH', '', { description: 'Ours' }],
    ['DELETE', '', undefined],
    ['PUT', '/inbound-protocols/oidc', { grantTypes: ['client_credentials'] }],
    ['PUT', '/inbound-protocols/passive-sts', { realm: 'ours', replyTo: 'https://ours.aldermere.example' }],
    ['DELETE', '/inbound-protocols/oidc', undefined],
    ['PUT', '/owner', OWNER],
    ['PUT', '/authenticationSequence/script', { script: 'var onLoginRequest = function() {};' }],
  ])('refuses %s %s and stays as it is', async (verb, below, body) => {
    const path = await systemApplication(server.api, name);
    const before = [await server.api.read(path), await server.api.read(`${path}/inbound-protocols/oidc`)];
    expect(await server.api.send(verb, `${path}${below}`, body)).toMatchObject(FORBIDDEN);
    expect([await server.api.read(path), await server.api.read(`${path}/inbound-protocols/oidc`)]).toEqual(before);
  });

  test('has no SAML to delete, which is no error', async () => {
    const path = await systemApplication(server.api, name);
    expect((await server.api.delete(`${path}/inbound-protocols/saml`)).status).toBe(204);
  });
});
