import { VERSIONS, type Version } from '../../src/sandbox/versions';
import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, objects } from './api';

const CALLBACK = 'https://quay.example/callback';
const oidc = { grantTypes: ['authorization_code'], callbackURLs: [CALLBACK] };
const saml = (issuer: string) => ({ manualConfiguration: { issuer, assertionConsumerUrls: [CALLBACK] } });

/** Which pages a release shows of two applications with two protocols each and one without any, besides its own two. */
async function pages(version: Version, query: string): Promise<object> {
  const api = new Api(await startSandbox({ version }));
  try {
    for (const name of ['Quay', 'Pier']) {
      await api.create('/applications', { name, inboundProtocolConfiguration: { oidc, saml: saml(name) } });
    }
    await api.create('/applications', { name: 'Buoy' });
    const { totalResults, count, applications, links } = await api.read(`/applications?${query}`);
    const names = objects(applications).map(({ name }) => name);
    return { totalResults, count, names, links: objects(links).map(({ rel }) => rel) };
  } finally {
    await api.sandbox.close();
  }
}

const joined = ['6.0', '6.1'];
const others = VERSIONS.filter((version) => !joined.includes(version));
const OWN = ['My Account', 'Console'];

describe.each(joined)('%s', (version) => {
  test('counts an application once per inbound protocol and lists it once', async () => {
    expect(await pages(version as Version, 'limit=100')).toEqual({
      totalResults: 7,
      count: 5,
      names: ['Buoy', 'Pier', 'Quay', ...OWN],
      links: [],
    });
  });

  test('links to pages after the last application, which are empty', async () => {
    expect(await pages(version as Version, 'limit=3&offset=3')).toMatchObject({
      count: 2,
      links: ['next', 'previous'],
    });
    expect(await pages(version as Version, 'limit=3&offset=6')).toMatchObject({ count: 0, links: ['previous'] });
  });

  test('lists it once per inbound protocol where a filter asks for names', async () => {
    expect(await pages(version as Version, 'filter=name+eq+Quay')).toMatchObject({
      totalResults: 2,
      names: ['Quay', 'Quay'],
    });
    expect(await pages(version as Version, 'filter=name+co+u&limit=2')).toMatchObject({
      totalResults: 4,
      count: 2,
      links: ['next'],
    });
  });
});

test('6.1 finds an application by its issuer once', async () => {
  expect(await pages('6.1', 'filter=issuer+eq+Quay')).toMatchObject({ totalResults: 1, names: ['Quay'] });
});

test.each(others)('%s counts and lists an application once', async (version) => {
  expect(await pages(version, 'limit=100')).toMatchObject({ totalResults: 5, count: 5 });
  expect(await pages(version, 'filter=name+eq+Quay')).toMatchObject({ totalResults: 1, names: ['Quay'] });
});
