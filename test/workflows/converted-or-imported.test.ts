import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type JsonObject } from '../../src/model/json';
import { sampleCompany } from '../../src/sandbox/seed';
import { Api, object, objects } from '../sandbox/api';
import { download } from '../sandbox/upload';
import { INBOUND, serviceProvider, YAML_SERVICE_PROVIDER } from '../service-provider-files/examples';
import { bothWays, pathOf, type Source } from './converted-application';
import { openTestServer, type TestServer } from './sandbox-session';

/*
 * A converted file applied to a server gives the same configuration as importing the file there. Both are done, on two
 * servers that are alike, and everything that they have is compared in canonical form.
 */

const XML = 'application/xml';
const SAMPLE = [
  'Booking Portal',
  'Crew Directory',
  'Crew Roster',
  'Deckhand App',
  'Fare Engine',
  'Fare Lab',
  'Fleet Maintenance',
  'Freight Ledger',
  'Harbour Kiosk',
  'Lock Keeper Service',
  'Loyalty Club',
  'Partner Lounge',
  'Settlement Job',
  'Shore Operations',
  'Ticket Office',
  'Timetable',
];

const opened: TestServer[] = [];
async function twins(...args: Parameters<typeof openTestServer>): Promise<[TestServer, TestServer]> {
  const pair = [await openTestServer(...args), await openTestServer(...args)] as const;
  opened.push(...pair);
  return [...pair];
}
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function exportedFrom(server: TestServer, name: string): Promise<string> {
  const api = new Api(server.sandbox);
  const { text } = await download(api, `${await pathOf(api, name)}/export?exportSecrets=true`, XML);
  return text;
}

/** Changes an application in every part that a file can bring back. */
async function disturb({ sandbox }: TestServer, name: string): Promise<void> {
  const api = new Api(sandbox);
  const at = await pathOf(api, name);
  const { advancedConfigurations } = await api.read(at);
  const consent = object(advancedConfigurations).skipLoginConsent !== true;
  const reply = await api.patch(at, {
    description: 'Somebody was here',
    advancedConfigurations: { saas: true, skipLoginConsent: consent, certificate: { type: 'PEM', value: '' } },
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: [{ applicationClaim: 'x', localClaim: { uri: 'http://wso2.org/claims/mobile' } }],
      requestedClaims: [{ claim: { uri: 'x' }, mandatory: true }],
      subject: { claim: { uri: 'x' }, includeTenantDomain: true },
      role: { mappings: [{ localRole: 'Internal/everyone', applicationRole: 'x' }] },
    },
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'totp' }] }],
      script: 'var x = 1;',
    },
    provisioningConfigurations: { inboundProvisioning: { proxyMode: true }, outboundProvisioningIdps: [] },
  });
  expect(reply.status).toBe(200);
  const { inboundProtocols } = await api.read(at);
  for (const { type, self } of objects(inboundProtocols)) await disturbProtocol(api, String(type), String(self));
}

async function disturbProtocol(api: Api, type: string, self: string): Promise<void> {
  const stored = await api.read(self);
  if (type === 'oauth2') {
    const body = {
      ...stored,
      pkce: { mandatory: true },
      refreshToken: { expiryInSeconds: 77 },
      scopeValidators: ['x'],
    };
    expect((await api.put(self, without(body, 'state'))).status).toBe(200);
  }
  if (type === 'samlsso') {
    const { issuer, assertionConsumerUrls } = stored;
    const manualConfiguration = {
      issuer,
      assertionConsumerUrls,
      singleLogoutProfile: {},
      enableAssertionQueryProfile: true,
    };
    expect((await api.put(self, { manualConfiguration })).status).toBe(200);
  }
}

function without(value: JsonObject, ...fields: string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

describe('files of the sample company', () => {
  test('the list here is that of the company', async () => {
    const [server] = await twins({ seed: sampleCompany('dev') });
    const { applications } = await new Api(server.sandbox).read('/applications?limit=100');
    const own = objects(applications).filter(({ access }) => access === 'WRITE');
    expect(own.map(({ name }) => name).sort()).toEqual(SAMPLE);
  });

  test.each(SAMPLE)('%s, changed and brought back by its file', async (name) => {
    const [imported, applied] = await twins({ seed: sampleCompany('dev') });
    const text = await exportedFrom(imported, name);
    for (const server of [imported, applied]) await disturb(server, name);
    expect(await bothWays(imported, applied, name, { text, type: XML })).toMatchObject({ differences: [] });
  });

  test.each(SAMPLE)('%s, deleted and made anew from its file', async (name) => {
    const [imported, applied] = await twins({ seed: sampleCompany('dev') });
    const text = (await exportedFrom(imported, name)).replace(/<AssociatedRoles>[\s\S]*<\/AssociatedRoles>/, '');
    for (const { sandbox } of [imported, applied]) {
      const api = new Api(sandbox);
      expect((await api.delete(await pathOf(api, name))).status).toBe(204);
    }
    expect(await bothWays(imported, applied, name, { text, type: XML })).toMatchObject({ differences: [] });
  });
});
