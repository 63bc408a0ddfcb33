import { shippedClaims } from '../../../src/shipped-claims/shipped-claims';
import { emptyServer, read, realServers, request, type RealServer } from './servers';

/*
 * What the product's code of the 7.0 level does below its REST classes: those are of 6.0 here, so what came with the API of
 * 7.0 (roles of applications, API resources) is not there, and Liftlock, which sends it, is not run against this server.
 */

const LOCAL = 'http://wso2.org/claims';
const server = theServer();

function theServer(): RealServer {
  const { level70 } = realServers();
  if (level70 === undefined) throw new Error('LIFTLOCK_REAL_WSO2 has no "level70": run `npm run test:wso2`.');
  return level70;
}

beforeEach(() => emptyServer(server));
afterAll(() => emptyServer(server));

interface Listed {
  readonly totalResults: number;
  readonly applications: readonly { readonly id: string; readonly name: string }[];
}

const list = async (query = ''): Promise<Listed> => (await read(server, `applications${query}`)) as Listed;
const idOf = async (name: string): Promise<string> =>
  (await list(`?filter=name+eq+${name}`)).applications[0]?.id ?? 'none';

async function created(body: object): Promise<number> {
  return (await request(server, 'POST', 'applications', body)).status;
}

/** Imports a service provider file; status and code of the answer. */
async function imported(text: string): Promise<readonly [number, unknown]> {
  const head = 'Content-Disposition: form-data; name="file"; filename="pilot.xml"\r\nContent-Type: application/xml';
  const form = `--pilot\r\n${head}\r\n\r\n${text}\r\n--pilot--\r\n`;
  const headers = { 'content-type': 'multipart/form-data; boundary=pilot' };
  const { status, body } = await request(server, 'POST', 'applications/import', form, headers);
  return [status, (body as { readonly code?: string }).code];
}

/** An application as text without its id and its properties. */
function withoutProperties(application: unknown, id: string): string {
  const text = JSON.stringify(application, (key, value: unknown) => (key === 'additionalSpProperties' ? [] : value));
  return text.replaceAll(id, 'ID');
}

const twice = {
  name: 'pilot',
  inboundProtocolConfiguration: {
    oidc: { grantTypes: ['authorization_code'], callbackURLs: ['https://pilot.example/back'] },
    saml: { manualConfiguration: { issuer: 'pilot', assertionConsumerUrls: ['https://pilot.example/acs'] } },
  },
};

test('a fresh server ships the dialects and claims that the list of 7.0 says, without the claim role', async () => {
  const shipped = shippedClaims('7.0');
  const dialects = (await read(server, 'claim-dialects')) as { id: string; dialectURI: string }[];
  const external = dialects.filter(({ dialectURI }) => dialectURI !== LOCAL);
  expect(external.map(({ dialectURI }) => dialectURI).sort()).toEqual([...shipped.dialects.keys()].sort());
  for (const { id, dialectURI } of external) {
    const claims = (await read(server, `claim-dialects/${id}/claims`)) as { claimURI: string }[];
    expect(claims.map(({ claimURI }) => claimURI).sort()).toEqual(
      [...(shipped.dialects.get(dialectURI) ?? new Map()).keys()].sort(),
    );
  }
  const local = ((await read(server, 'claim-dialects/local/claims')) as { claimURI: string }[]).map(
    ({ claimURI }) => claimURI,
  );
  expect([...local].sort()).toEqual([...shipped.local.keys()].sort());
  expect(local).not.toContain(`${LOCAL}/role`);
});

test('an application with two inbound protocols counts once in a list, also with a filter', async () => {
  expect(await created(twice)).toBe(201);
  expect(await list()).toMatchObject({ totalResults: 1, applications: [{ name: 'pilot' }] });
  expect(await list('?filter=name+sw+pil')).toMatchObject({ totalResults: 1, applications: [{ name: 'pilot' }] });
});

test('a file that the server exported makes the same application again', async () => {
  expect(await created(twice)).toBe(201);
  const id = await idOf('pilot');
  const before = await read(server, `applications/${id}`);
  const { body: file } = await request(server, 'GET', `applications/${id}/export?exportSecrets=true`, undefined, {
    accept: '*/*',
  });
  expect(file).toMatch(/<ApplicationName>pilot<\/ApplicationName>/);
  expect((await request(server, 'DELETE', `applications/${id}`)).status).toBe(204);
  expect(await imported(String(file))).toEqual([201, undefined]);
  const again = await idOf('pilot');
  expect(again).not.toBe(id);
  // 7.0 shows some fields as properties too, and after an import more of them.
  expect(withoutProperties(await read(server, `applications/${again}`), again)).toBe(withoutProperties(before, id));
});

test.each([
  [
    'the claim role, which 7.0 does not serve',
    `<ClaimConfig><RoleClaimURI>${LOCAL}/role</RoleClaimURI><LocalClaimDialect>true</LocalClaimDialect></ClaimConfig>`,
    [400, 'APP-60001'],
  ],
  [
    'the claim roles',
    `<ClaimConfig><RoleClaimURI>${LOCAL}/roles</RoleClaimURI><LocalClaimDialect>true</LocalClaimDialect></ClaimConfig>`,
    [201, undefined],
  ],
  ['no claims', '', [201, undefined]],
] as const)('a file with %s is taken or refused, and a refused one leaves nothing', async (_, content, expected) => {
  const file = `<ServiceProvider><ApplicationName>pilot</ApplicationName>${content}</ServiceProvider>`;
  expect(await imported(file)).toEqual(expected);
  expect((await list()).applications).toHaveLength(expected[0] === 201 ? 1 : 0);
});

test.each(['Fähre', 'pilot/boat', ' '])('the name "%s" is refused', async (name) => {
  const { status, body } = await request(server, 'POST', 'applications', { name });
  expect([status, (body as { code: string }).code]).toEqual([400, 'APP-60001']);
});

test('after the first application that uses an authenticator, seven at once with it are all created', async () => {
  const using = (name: string): object => ({
    name,
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'x509CertificateAuthenticator' }] }],
    },
  });
  expect(await created(using('first'))).toBe(201);
  const statuses = await Promise.all(Array.from({ length: 7 }, (_, index) => created(using(`pilot-${index}`))));
  expect(statuses).toEqual(Array.from({ length: 7 }, () => 201));
  expect(await list()).toMatchObject({ totalResults: 8 });
});
