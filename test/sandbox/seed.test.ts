import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { sampleCompany, sampleSecret, valuesOf, type SampleEnvironment } from '../../src/sandbox/seed';
import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, objects } from './api';

type Artifacts = Map<string, JsonObject>;

const SERVER_MADE = new Set([
  'id',
  'self',
  'attributeConsumingServiceIndex',
  'clientSecretExpiresAt',
  'value.location',
]);

async function applicationsOf(api: Api): Promise<Artifacts> {
  const found: Artifacts = new Map();
  for (const { name, self } of objects((await api.read('/applications?excludeSystemPortals=true')).applications)) {
    const detail = await api.read(String(self));
    const protocols: JsonObject = {};
    for (const protocol of objects(detail.inboundProtocols))
      protocols[String(protocol.type)] = await api.read(String(protocol.self));
    const apis = await api.readList(`${String(self)}/authorized-apis`);
    found.set(`application/${String(name)}`, { ...detail, protocols, apis });
  }
  return found;
}

async function providersOf(api: Api): Promise<Artifacts> {
  const found: Artifacts = new Map();
  for (const { name, self } of objects((await api.read('/identity-providers')).identityProviders)) {
    const detail = await api.read(String(self));
    const parts: JsonObject = {};
    const lists = [
      ...objects(object(detail.federatedAuthenticators).authenticators),
      ...objects(object(object(detail.provisioning).outboundConnectors).connectors),
    ];
    for (const part of lists) parts[String(part.name)] = await api.read(String(part.self));
    found.set(`identity-provider/${String(name)}`, { ...detail, parts });
  }
  return found;
}

async function claimsOf(api: Api): Promise<Artifacts> {
  const found: Artifacts = new Map();
  for (const dialect of await api.readList('/claim-dialects')) {
    found.set(`dialect/${String(dialect.dialectURI)}`, {});
    for (const claim of await api.readList(`/claim-dialects/${String(dialect.id)}/claims`)) {
      found.set(`claim/${String(dialect.dialectURI)}#${String(claim.claimURI)}`, claim);
    }
  }
  return found;
}

/** All artifacts of one environment, with the texts that are the environment's own replaced by their names. */
async function company(environment: SampleEnvironment): Promise<Artifacts> {
  const sandbox = await startSandbox({ seed: sampleCompany(environment) });
  try {
    const api = new Api(sandbox);
    const all = [...(await applicationsOf(api)), ...(await providersOf(api)), ...(await claimsOf(api))];
    return new Map(all.map(([key, artifact]) => [key, neutral(environment, artifact)]));
  } finally {
    await sandbox.close();
  }
}

function neutral(environment: SampleEnvironment, artifact: JsonObject): JsonObject {
  const values = valuesOf(environment);
  const names = { ...values.clientIds, ...values.providerClientIds };
  const replaced = new Map<string, string>();
  for (const [name, id] of Object.entries(names)) {
    replaced.set(id, `<client ${name}>`);
    replaced.set(sampleSecret(environment, name), `<secret ${name}>`);
  }
  replaced.set(sampleSecret(environment, 'payroll'), '<secret payroll>');
  replaced.set(values.trustDomain, '<trust>');
  replaced.set(values.officeNetwork, '<office>');
  replaced.set(`.${values.domain}`, '.<domain>');
  let text = JSON.stringify(sorted(artifact));
  // Longer texts first: some are the beginning of others.
  for (const [own, name] of [...replaced].sort(([left], [right]) => right.length - left.length))
    text = text.replaceAll(own, name);
  return object(sorted(JSON.parse(text)));
}

/** Without what the server made, and with lists in an order that does not matter. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([field]) => !SERVER_MADE.has(field));
  return Object.fromEntries(
    kept.sort(([left], [right]) => (left < right ? -1 : 1)).map(([field, item]) => [field, sorted(item)]),
  );
}

function leaves(value: Json | undefined, path = ''): Map<string, string> {
  if (!isObject(value)) return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([field, item]) => [...leaves(item, path === '' ? field : `${path}.${field}`)]),
  );
}

/** `artifact path` of every difference; only the artifact where the other side does not have it. */
function differences(left: Artifacts, right: Artifacts): string[] {
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key) => {
    if (!left.has(key) || !right.has(key)) return [key];
    const [before, after] = [leaves(left.get(key)), leaves(right.get(key))];
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
    return paths.filter((path) => before.get(path) !== after.get(path)).map((path) => `${key} ${path}`);
  });
}

describe('the sample company', () => {
  const environments: Partial<Record<SampleEnvironment, Artifacts>> = {};
  beforeAll(async () => {
    for (const environment of ['dev', 'preprod', 'prod'] as const)
      environments[environment] = await company(environment);
  });
  const of = (environment: SampleEnvironment): Artifacts => environments[environment] ?? new Map();

  test('dev is ahead of preprod by Fare Lab alone', () => {
    expect(differences(of('dev'), of('preprod'))).toEqual(['application/Fare Lab']);
  });

  test('preprod is ahead of prod by the release; prod has a token lifetime and a change by hand', () => {
    expect(differences(of('preprod'), of('prod'))).toEqual([
      'application/Booking Portal protocols.oauth2.pkce.mandatory',
      'application/Crew Roster authenticationSequence.script',
      'application/Crew Roster protocols.oauth2.accessToken.userAccessTokenExpiryInSeconds',
      'application/Deckhand App claimConfiguration.claimMappings',
      'application/Deckhand App claimConfiguration.requestedClaims',
      'application/Harbour Kiosk',
      'application/Timetable protocols.oauth2.callbackURLs',
      'application/Timetable protocols.oauth2.grantTypes',
      'claim/http://wso2.org/claims#http://wso2.org/claims/berthPreference',
      'claim/http://wso2.org/oidc/claim#berth_preference',
      'identity-provider/Harbour Trust provisioning.jit.attributeSyncMethod',
    ]);
  });

  test.each(['Ticket Office', 'Freight Ledger'])('the certificate of %s is in base64, as after any import', (name) => {
    const advanced = object(of('dev').get(`application/${name}`)?.advancedConfigurations);
    const { value } = object(advanced.certificate);
    expect(Buffer.from(String(value), 'base64').toString('utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  });

  test('nothing of one environment is left in another', () => {
    const text = (environment: SampleEnvironment): string => JSON.stringify([...of(environment).values()]);
    for (const environment of ['dev', 'preprod', 'prod'] as const) {
      expect(text(environment)).not.toMatch(/aldermere\.example(?!\.)|harbourtrust\.example/);
    }
  });
});

test('ids, client ids and secrets differ between environments and repeat within one', async () => {
  const [dev, again, prod] = await Promise.all(
    (['dev', 'dev', 'prod'] as const).map(async (environment) => {
      const sandbox = await startSandbox({ seed: sampleCompany(environment) });
      const portal = objects(
        (await new Api(sandbox).read('/applications?filter=name%20eq%20Booking%20Portal')).applications,
      )[0];
      const oidc = await new Api(sandbox).read(`${String(portal?.self)}/inbound-protocols/oidc`);
      const order = objects((await new Api(sandbox).read('/applications')).applications).map((each) => each.name);
      await sandbox.close();
      return { id: portal?.id, clientId: oidc.clientId, clientSecret: oidc.clientSecret, order };
    }),
  );
  expect(again).toEqual(dev);
  expect(dev?.clientSecret).toBe(sampleSecret('dev', 'booking-portal'));
  for (const field of ['id', 'clientId', 'clientSecret', 'order'] as const)
    expect(prod?.[field]).not.toEqual(dev?.[field]);
});
