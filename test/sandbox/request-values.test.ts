import type { Json } from '../../src/model/json';
import { flagged } from '../../src/sandbox/http/route';
import { anything } from '../../src/sandbox/shapes';
import { strictBody } from '../../src/sandbox/strict-body';
import { object, sandboxed } from './api';

/* Values at the edge of what a field or parameter takes (reference §1.4, §1.6). */

const server = sandboxed();
const UNREADABLE = { status: 400, body: { code: 'UE-10000', message: 'Invalid Request.' } };
/** What JAX-RS answers where a parameter is no Integer. */
const NOWHERE = { status: 404, body: '' };

const CLAIM = {
  claimURI: 'http://wso2.org/claims/mooringClass',
  displayName: 'Mooring class',
  attributeMapping: [{ mappedAttribute: 'mooringClass', userstore: 'PRIMARY' }],
};
const CLAIMS = '/claim-dialects/local/claims';

describe('a number in a body', () => {
  const oidc = (userAccessTokenExpiryInSeconds: number): object => ({
    name: `Ferry ${userAccessTokenExpiryInSeconds}`,
    inboundProtocolConfiguration: {
      oidc: { grantTypes: ['client_credentials'], accessToken: { userAccessTokenExpiryInSeconds } },
    },
  });

  test.each([2 ** 31, -(2 ** 31) - 1, 1e21])('that fits into no Integer cannot be read: %d', async (displayOrder) => {
    expect(await server.api.post(CLAIMS, { ...CLAIM, displayOrder })).toMatchObject(UNREADABLE);
  });

  test.each([
    [2 ** 31 - 1, 2 ** 31 - 1],
    // A negative order is taken, and shown as none.
    [-(2 ** 31), 0],
  ])('may be the greatest or least Integer: %d', async (displayOrder, shown) => {
    const path = await server.api.create(CLAIMS, { ...CLAIM, displayOrder });
    expect(await server.api.read(path)).toMatchObject({ displayOrder: shown });
  });

  test('may be greater where the field is a Long, but has an end there too', async () => {
    const path = await server.api.create('/applications', oidc(2 ** 40));
    const { accessToken } = await server.api.read(`${path}/inbound-protocols/oidc`);
    expect(object(accessToken).userAccessTokenExpiryInSeconds).toBe(2 ** 40);
    expect(await server.api.post('/applications', oidc(1e21))).toMatchObject(UNREADABLE);
  });
});

describe('a page', () => {
  const lists = ['/applications', '/identity-providers', '/trusted-token-issuers', '/api-resources'];
  test.each(lists)('of %s ends where Integers end', async (list) => {
    expect(await server.api.get(`${list}?limit=4294967296`)).toMatchObject(NOWHERE);
    expect((await server.api.get(`${list}?limit=2147483647`)).status).toBe(200);
  });

  test.each(['/applications', '/identity-providers'])('of %s may start no later either', async (list) => {
    expect(await server.api.get(`${list}?offset=${10 ** 30}`)).toMatchObject(NOWHERE);
    expect(await server.api.read(`${list}?offset=2147483646`)).toMatchObject({ startIndex: 2147483647, count: 0 });
  });
});

test('a map takes any key, even one that means something to JavaScript', async () => {
  const profiles = '{"__proto__":{"required":true},"constructor":{"readOnly":true}}';
  const sent = JSON.stringify(CLAIM).replace(/\}$/, `,"profiles":${profiles}}`);
  const path = await server.api.create(CLAIMS, sent);
  const { profiles: shown } = await server.api.read(path);
  expect(JSON.stringify(shown)).toBe(profiles);
  expect(({} as Record<string, unknown>).required).toBeUndefined();
});

test('an object takes no other keys than its own, not even such', async () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    expect(await server.api.post('/applications', `{"name":"Ferry","${key}":{"name":"Boat"}}`)).toMatchObject(
      UNREADABLE,
    );
  }
});

describe('an authorization details type', () => {
  const sent = (type: string, name: string): object => ({
    name: 'Berths',
    identifier: 'https://api.aldermere.example/berths',
    authorizationDetailsTypes: [{ type, name, description: 'Booking', schema: { type: 'object' } }],
  });

  test.each([
    ['', 'Berth booking', 'size must be between 1 and 255'],
    ['b'.repeat(256), 'Berth booking', 'size must be between 1 and 255'],
    ['berth_booking', 'Be', 'size must be between 3 and 255'],
    ['berth_booking', 'B'.repeat(256), 'size must be between 3 and 255'],
  ])('is refused when its type or name is too short or too long (%#)', async (type, name, description) => {
    const answer = await server.api.post('/api-resources', sent(type, name));
    expect(answer).toMatchObject({ status: 400, body: { code: 'UE-10000', description } });
  });

  test('is taken with the shortest ones', async () => {
    expect((await server.api.post('/api-resources', sent('b', 'Bee'))).status).toBe(201);
  });
});

test('a byte order mark in front of JSON is passed over', async () => {
  const role = (name: string): string => `{"displayName":"${name}"}`;
  expect((await server.api.post('/scim2/v2/Roles', `\ufeff${role('Purser')}`)).status).toBe(201);
  expect((await server.api.post('/scim2/v2/Roles', `\ufeff\ufeff${role('Stoker')}`)).status).toBe(400);
});

test('a flag in the query is set by true in any case, and by nothing else', () => {
  const isSet = (value?: string): boolean => flagged({ query: { force: value } }, 'force');
  expect(['true', 'True', 'TRUE'].map(isSet)).toEqual([true, true, true]);
  expect(['false', '1', 'yes', '', undefined].map(isSet)).toEqual([false, false, false, false, false]);
});

test('a blank template is none; any other is not implemented', async () => {
  expect((await server.api.post('/applications?template=', { name: 'Ferry' })).status).toBe(201);
  expect(await server.api.post('/applications?template=wizard', { name: 'Boat' })).toMatchObject({
    status: 501,
    body: { code: 'APP-65501' },
  });
});

test.each(['', '  ', 'ferry@aldermere.example'])('a SAML issuer "%s" is refused', async (issuer) => {
  const saml = { manualConfiguration: { issuer, assertionConsumerUrls: ['https://ferry.aldermere.example/acs'] } };
  const application = { name: 'Ferry', inboundProtocolConfiguration: { saml } };
  expect(await server.api.post('/applications', application)).toMatchObject({
    status: 400,
    body: { code: 'SAML-60001' },
  });
  expect((await server.api.read('/applications?filter=name eq Ferry')).totalResults).toBe(0);
});

describe('a value of any shape', () => {
  const nested = (levels: number): Json => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as Json;

  test.each([1001, 5000, 50_000])('cannot be read %d levels deep', (levels) => {
    expect(() => strictBody(anything, nested(levels), '7.1')).toThrow('Invalid Request.');
  });

  test('can be read 1000 levels deep', () => {
    expect(JSON.stringify(strictBody(anything, nested(1000), '7.1'))).toBe(JSON.stringify(nested(1000)));
  });
});
