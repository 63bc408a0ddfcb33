import { parseDocument, visit } from 'yaml';
import { isObject, type JsonObject } from '../../src/model/json';
import { sampleCompany, type SampleEnvironment } from '../../src/sandbox/seed';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { Api, object, objects } from './api';

/* What a management client does that exports everything to files, and imports the files into another server. */

const SCOPES = [
  ...['view', 'create', 'update', 'delete'].flatMap((verb) => [
    `internal_application_mgt_${verb}`,
    `internal_idp_${verb}`,
    `internal_claim_meta_${verb}`,
  ]),
  'internal_application_mgt_client_secret_create',
  'internal_application_script_update',
  'internal_of_another_version',
];

const FORMATS = { yml: 'application/yaml', json: 'application/json', xml: 'application/xml' } as const;
type Format = keyof typeof FORMATS;
type Files = Map<string, string>;

/** The kinds of files by the path of their collection, in the order in which they refer to each other. */
const COLLECTIONS = ['claim-dialects', 'identity-providers', 'applications'] as const;
type Collection = (typeof COLLECTIONS)[number];

const EXPORTS: Readonly<Record<Collection, string>> = {
  'claim-dialects': 'export',
  'identity-providers': 'export?excludeSecrets=true',
  applications: 'exportFile?exportSecrets=false',
};

/** Such clients read all with one page, end collections with a slash and send no closing delimiter. */
class FileClient {
  private constructor(
    private readonly url: string,
    private readonly authorization: string,
  ) {}

  static async login(api: Api): Promise<FileClient> {
    const reply = await api.send(
      'POST',
      '/t/carbon.super/oauth2/token',
      new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPES.join('  ') }).toString(),
      {
        authorization: `Basic ${Buffer.from('liftlock:liftlock-sandbox').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    );
    const { access_token: token } = object(reply.body);
    return new FileClient(`${api.sandbox.url}/t/carbon.super/api/server/v1`, `Bearer ${String(token)}`);
  }

  private async call(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Response> {
    return fetch(this.url + path, { method, body, headers: { authorization: this.authorization, ...headers } });
  }

  async list(collection: Collection): Promise<JsonObject[]> {
    const read = async (query: string): Promise<unknown> =>
      (await this.call('GET', `/${collection}/${query}`, { accept: '*/*' })).json();
    const first = await read('');
    if (!isObject(first)) return first as JsonObject[];
    const all = await read(`?limit=${String(first.totalResults)}`);
    const found = object(all as JsonObject);
    // An empty list is left out.
    return objects(found.applications ?? found.identityProviders ?? []);
  }

  async export(format: Format): Promise<Files> {
    const files: Files = new Map();
    for (const collection of COLLECTIONS) {
      const listed = (await this.list(collection)).map(({ id }) => String(id));
      const ids = collection === 'identity-providers' ? [...listed, 'LOCAL'] : listed;
      for (const id of ids) {
        const headers = { accept: FORMATS[format], 'content-type': 'application/x-www-form-urlencoded' };
        const reply = await this.call('GET', `/${collection}/${id}/${EXPORTS[collection]}`, headers);
        expect(reply.status).toBe(200);
        const [, name] = /^attachment; filename="([^"]+)"$/.exec(reply.headers.get('content-disposition') ?? '') ?? [];
        files.set(`${collection}/${String(name)}`, await reply.text());
      }
    }
    return files;
  }

  async send(method: string, path: string, file: string, text: string): Promise<string> {
    const type = FORMATS[(/\w+$/.exec(file)?.[0] ?? 'yml') as Format];
    const part = `Content-Disposition: form-data; name="file"; filename="${file}"\r\nContent-Type: ${type}`;
    const headers = { 'content-type': 'multipart/form-data; boundary=aldermere' };
    const reply = await this.call(method, path, headers, `--aldermere\r\n${part}\r\n\r\n${text}`);
    return reply.ok ? String(reply.status) : `${reply.status} ${await reply.text()}`;
  }

  /** Imports files as new or as others of what is there; the answers that are not 200 or 201, by file. */
  async import(files: Files): Promise<Map<string, string>> {
    const refused = new Map<string, string>();
    for (const collection of COLLECTIONS) {
      const known = new Map((await this.list(collection)).map((each) => [nameOf(each), String(each.id)]));
      if (collection === 'identity-providers') known.set('LOCAL', 'LOCAL');
      const own = [...files].filter(([path]) => path.startsWith(`${collection}/`));
      for (const [path, text] of own.sort(([left], [right]) => Number(isLocal(right)) - Number(isLocal(left)))) {
        const file = path.slice(collection.length + 1);
        const id = known.get(file.replace(/\.\w+$/, ''));
        const update = collection === 'identity-providers' ? `${String(id)}/import` : 'import';
        const [method, target, wanted] = id === undefined ? ['POST', 'import', '201'] : ['PUT', update, '200'];
        const sent = text.replaceAll("'********'", 'null').replaceAll('"********"', 'null');
        const answer = await this.send(
          method,
          `/${collection}/${target}`,
          file,
          collection === 'applications' ? sent : text,
        );
        if (answer !== wanted) refused.set(path, answer);
      }
    }
    return refused;
  }
}

function nameOf({ name, dialectURI }: JsonObject): string {
  return typeof name === 'string' ? name : String(dialectURI).replaceAll(/\W+/g, '_');
}

const isLocal = (path: string): boolean => path.includes('/http_wso2_org_claims.');

/** A file in YAML or JSON without its tags, and without what names one server. */
function contents(text: string): JsonObject {
  const document = parseDocument(text, { logLevel: 'silent' });
  expect(document.errors).toEqual([]);
  visit(document, { Node: (_key, node) => void ('tag' in node && delete node.tag) });
  return JSON.parse(JSON.stringify(document.toJS()), (key, value: unknown) =>
    key === 'idpGroupId' || key === 'idpId' ? undefined : value,
  ) as JsonObject;
}

async function started(version: Version, environment?: SampleEnvironment): Promise<Api> {
  return new Api(await startSandbox({ version, ...(environment ? { seed: sampleCompany(environment) } : {}) }));
}

/** These cannot be changed by anyone. */
const SYSTEM_APPLICATIONS = ['applications/My Account', 'applications/Console'];

describe.each<[Version, Format]>([
  ['7.0', 'json'],
  ['7.1', 'yml'],
  ['7.3', 'xml'],
])('a client with files, on %s in %s', (version, format) => {
  const running: Api[] = [];
  const start = async (environment?: SampleEnvironment): Promise<FileClient> => {
    const api = await started(version, environment);
    running.push(api);
    return FileClient.login(api);
  };
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ sandbox }) => sandbox.close()));
  });
  const named = (path: string): string => path.replace(/\.\w+$/, '');

  test('one environment goes into another, and twice is as good as once', async () => {
    const [dev, prod] = [await start('dev'), await start('prod')];
    const files = await dev.export(format);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([`applications/Booking Portal.${format}`, `identity-providers/LOCAL.${format}`]),
    );
    expect([...(await prod.import(files)).keys()].map(named)).toEqual(SYSTEM_APPLICATIONS);
    const once = await prod.export(format);
    expect([...once.keys()].sort()).toEqual([...files.keys()].sort());
    expect([...(await prod.import(files)).keys()].map(named)).toEqual(SYSTEM_APPLICATIONS);
    expect(await prod.export(format)).toEqual(once);
    expect(once.get(`applications/Booking Portal.${format}`)).toBe(files.get(`applications/Booking Portal.${format}`));
  });

  test('an empty server takes all but what needs roles that it does not have', async () => {
    const [dev, empty] = [await start('dev'), await start()];
    const files = await dev.export(format);
    const refused = await empty.import(files);
    expect([...refused.keys()].map(named).sort()).toEqual([
      'applications/Console',
      'applications/My Account',
      'applications/Shore Operations',
    ]);
    expect(refused.get(`applications/Shore Operations.${format}`)).toMatch(/^400 /);
    if (format === 'xml') return;
    const after = await empty.export(format);
    for (const file of [
      'identity-providers/Harbour Trust',
      'applications/Crew Roster',
      'claim-dialects/urn_aldermere_claims_crew',
    ])
      expect(contents(after.get(`${file}.${format}`) ?? '')).toEqual(contents(files.get(`${file}.${format}`) ?? ''));
  });
});

describe('what such clients count on in the files', () => {
  const running: { api?: Api } = {};
  let client: FileClient;
  beforeAll(async () => {
    running.api = await started('7.3', 'dev');
    client = await FileClient.login(running.api);
  });
  afterAll(() => running.api?.sandbox.close());

  test('the class of an inner document stands right before fields six columns in', async () => {
    const file = (await client.export('yml')).get('applications/Booking Portal.yml') ?? '';
    const tagged =
      /^ {4}inboundConfigurationProtocol: !!org\.wso2\.carbon\.identity\.oauth\.dao\.OAuthAppDO\n {6}\w+:/m;
    expect(file).toMatch(tagged);
    const untagged = file
      .replaceAll('!!org.wso2.', 'tag: ')
      .replace('inboundConfigurationProtocol: tag: ', 'inboundConfigurationProtocol:\n      tag: ');
    expect(contents(untagged)).toHaveProperty('applicationName', 'Booking Portal');
  });

  test('a client secret that is not exported is null, for clients to mask', async () => {
    const yaml = (await client.export('yml')).get('applications/Booking Portal.yml');
    expect(yaml).toMatch(/^\s*oauthConsumerSecret: null$/m);
    expect((await client.export('json')).get('applications/Booking Portal.json')).toContain(
      '"oauthConsumerSecret":null',
    );
    expect((await client.export('xml')).get('applications/Booking Portal.xml')).not.toContain('oauthConsumerSecret');
  });

  test('only XML holds all certificates of an identity provider, and only YAML the ids of its groups', async () => {
    const [yaml, json, xml] = await Promise.all(
      (['yml', 'json', 'xml'] as const).map(
        async (format) => (await client.export(format)).get(`identity-providers/Ferry Alliance.${format}`) ?? '',
      ),
    );
    expect([yaml, json].map((text) => /certificateInfoArray/.test(text ?? ''))).toEqual([false, false]);
    expect(xml?.match(/<certValue>/g)).toHaveLength(2);
    expect([yaml, json, xml].map((text) => /idpGroupId/.test(text ?? ''))).toEqual([true, false, false]);
    expect(xml).toMatch(/<IdpGroupConfigs>\s*<IdpGroupConfig>\s*<IdpGroup>alliance-/);
  });

  test('deleting is refused for dialects of the product, which an import makes anew with preserveClaims', async () => {
    const files = await client.export('yml');
    const replace = async (name: string): Promise<string> =>
      client.send('PUT', '/claim-dialects/import?preserveClaims=true', name, files.get(`claim-dialects/${name}`) ?? '');
    expect(await replace('http_wso2_org_oidc_claim.yml')).toMatch(/^403 .*CMT-60008/);
    expect(await replace('urn_aldermere_claims_crew.yml')).toBe('200');
  });

  test('only a single format without parameters can be asked for', async () => {
    const [portal] = (await client.list('applications')).filter(({ name }) => name === 'Booking Portal');
    const statusOf = async (accept: string): Promise<number | undefined> =>
      (await running.api?.send('GET', `/applications/${String(portal?.id)}/exportFile`, undefined, { accept }))?.status;
    expect(await Promise.all(['text/xml', 'text/json', 'text/yaml'].map(statusOf))).toEqual([200, 200, 200]);
    const lists = ['application/json, text/plain, */*', 'application/yaml;q=1', 'constructor'];
    expect(await Promise.all(lists.map(statusOf))).toEqual([500, 500, 500]);
  });
});
