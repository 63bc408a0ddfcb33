import { request } from 'node:https';
import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, basic, object, sandboxed } from './api';

describe('access', () => {
  const server = sandboxed();

  test('an unauthenticated request is refused with a numeric code', async () => {
    const reply = await server.api.as('').get('/applications');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ code: 401, message: 'Unauthorized', traceId: expect.any(String) });
    expect(reply.headers.get('www-authenticate')).toBe('Bearer realm=localhost');
  });

  test.each([
    ['a wrong password', basic('admin', 'wrong')],
    ['an unknown token', 'Bearer 123'],
    ['another scheme', 'Digest abc'],
  ])('%s is refused', async (_what, authorization) => {
    expect((await server.api.as(authorization).get('/applications')).status).toBe(401);
  });

  test('SCIM has its own form of 401', async () => {
    const reply = await server.api.as('').get('/scim2/v2/Roles');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: 401 });
  });

  test('the token endpoint grants the permitted part of the scopes', async () => {
    const reply = await server.api.token(
      'liftlock-read',
      'liftlock-sandbox',
      'internal_application_mgt_view internal_idp_create',
    );
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      scope: 'internal_application_mgt_view',
      token_type: 'Bearer',
      expires_in: 3600,
    });
    const reader = server.api.as(`Bearer ${String(object(reply.body).access_token)}`);
    expect((await reader.get('/applications')).status).toBe(200);
    const refused = await reader.post('/applications', { name: 'x' });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 403, message: 'Forbidden' });
  });

  test('a wrong client is invalid', async () => {
    const reply = await server.api.token('liftlock', 'wrong', '');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ error: 'invalid_client' });
  });

  test('another grant is not supported', async () => {
    const headers = {
      authorization: basic('liftlock', 'liftlock-sandbox'),
      'content-type': 'application/x-www-form-urlencoded',
    };
    const reply = await server.api.send('POST', '/t/carbon.super/oauth2/token', 'grant_type=password', headers);
    expect(reply).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
  });

  test('health needs no credentials', async () => {
    const reply = await server.api.as('').get('/api/health-check/v1.0/health');
    expect(reply.status).toBe(200);
    expect(object(reply.body).health).toHaveLength(1);
  });

  test.each([
    ['/t/carbon.super/api/server/v1/applications', 200],
    ['/t/other.example/api/server/v1/applications', 404],
    ['/nothing-here', 404],
    ['/claim-dialects/local/claims/', 200],
  ])('%s is answered with %d', async (path, status) => {
    expect((await server.api.get(path)).status).toBe(status);
  });

  test('a verb that the path does not have is 405, a body that is no JSON type 415', async () => {
    expect((await server.api.put('/applications', {})).status).toBe(405);
    const reply = await server.api.send('POST', '/applications', 'name=x', { 'content-type': 'text/plain' });
    expect(reply.status).toBe(415);
  });
});

test('an expired token is refused', async () => {
  const sandbox = await startSandbox({ tokenLifetimeSeconds: 0 });
  try {
    const api = new Api(sandbox);
    const token = await api.token('liftlock', 'liftlock-sandbox', 'internal_application_mgt_view');
    const reply = await api.as(`Bearer ${String(object(token.body).access_token)}`).get('/applications');
    expect(reply.body).toMatchObject({ code: 401 });
  } finally {
    await sandbox.close();
  }
});

test('another tenant than the super tenant has no bare paths and no portals', async () => {
  const sandbox = await startSandbox({ tenant: 'aldermere.example' });
  try {
    const api = new Api(sandbox);
    expect((await api.get('/applications')).status).toBe(404);
    expect(await api.read('/t/aldermere.example/api/server/v1/applications')).toMatchObject({ totalResults: 0 });
  } finally {
    await sandbox.close();
  }
});

test('HTTPS is served with a certificate that a client can trust', async () => {
  const sandbox = await startSandbox({ https: true });
  try {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const url = `https://localhost:${sandbox.port}/api/health-check/v1.0/health`;
      request(url, { ca: sandbox.certificate, family: 4 }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(sandbox.url).toMatch(/^https:/);
    expect(status).toBe(200);
  } finally {
    await sandbox.close();
  }
});

test('only the loopback is listened on', async () => {
  await expect(startSandbox({ host: '0.0.0.0' })).rejects.toThrow('loopback');
});
