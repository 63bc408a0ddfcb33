import { emptyServer, read, realServers, request } from './servers';

/** The application lists that are left after emptying. */
const NOTHING = { totalResults: 0, count: 0, applications: [] };

const OIDC = Buffer.from('http://wso2.org/oidc/claim').toString('base64url');
const COUNTRY = Buffer.from('http://wso2.org/claims/country').toString('base64url');
const SHIPPED = ['oidc/scopes', 'claim-dialects/local/claims', `claim-dialects/${OIDC}/claims`];

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

  (server.fresh === undefined ? it.skip : it)('has what it ships as it was, after a test changed it', async () => {
    await emptyServer(server);
    const before = await Promise.all(SHIPPED.map((where) => read(server, where)));
    const changed = await Promise.all([
      request(server, 'PUT', 'oidc/scopes/phone', { displayName: 'Telephone', claims: ['email'] }),
      request(server, 'DELETE', 'oidc/scopes/address'),
      // It is not deleted: made again, it would have another number, and so another place in its list.
      request(server, 'PUT', `claim-dialects/${OIDC}/claims/${Buffer.from('picture').toString('base64url')}`, {
        claimURI: 'picture',
        mappedLocalClaimURI: 'http://wso2.org/claims/url',
      }),
      request(server, 'PUT', `claim-dialects/local/claims/${COUNTRY}`, {
        claimURI: 'http://wso2.org/claims/country',
        displayName: 'Land',
        description: 'Land',
        attributeMapping: [{ mappedAttribute: 'land', userstore: 'PRIMARY' }],
      }),
    ]);
    expect(changed.map(({ status }) => status)).toEqual([200, 204, 200, 200]);
    await emptyServer(server);
    expect(await Promise.all(SHIPPED.map((where) => read(server, where)))).toEqual(before);
  });
});
