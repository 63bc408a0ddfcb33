import { emptyServer, read, realServers, request } from './servers';

/** The application lists that are left after emptying. */
const NOTHING = { totalResults: 0, count: 0, applications: [] };

describe.each(['dev', 'prod'] as const)('the real server %s', (name) => {
  const server = realServers()[name];

  it('refuses a wrong password', async () => {
    const { status } = await request({ ...server, password: 'wrong' }, 'GET', 'applications');
    expect(status).toBe(401);
  });

  it('is empty after emptyServer, with what it ships and nothing else', async () => {
    await emptyServer(server);
    const made = await Promise.all([
      request(server, 'POST', 'applications', { name: 'Ticket Office' }),
      request(server, 'POST', 'identity-providers', { name: 'Harbour Trust' }),
      request(server, 'POST', 'oidc/scopes', { name: 'boats', displayName: 'Boats', claims: ['email'] }),
      request(server, 'POST', 'claim-dialects', { dialectURI: 'urn:boats' }),
      request(server, 'POST', 'claim-dialects/local/claims', {
        claimURI: 'http://wso2.org/claims/berth',
        displayName: 'Berth',
        description: 'Berth',
        attributeMapping: [{ mappedAttribute: 'berth', userstore: 'PRIMARY' }],
      }),
    ]);
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    await emptyServer(server);
    expect(await read(server, 'applications')).toMatchObject(NOTHING);
    expect(await read(server, 'identity-providers')).toMatchObject({ totalResults: 0 });
    expect(await read(server, 'oidc/scopes')).toHaveLength(5);
    expect(await read(server, 'claim-dialects')).toHaveLength(11);
    expect(await read(server, 'claim-dialects/local/claims')).toHaveLength(110);
  });
});
