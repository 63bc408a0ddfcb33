import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome, Plan } from '../../../src/model/plan';
import { startSandbox } from '../../../src/sandbox/sandbox';
import { applicationId, byHand, makeWorkspace, useFolders, type Workspace } from '../../e2e/harness';
import { FEDERATED, generatedApplications, RICH } from './generated-applications';
import { emptyServer, read, realServers, request, type Answer, type RealServer } from './servers';
import { realWorkspace } from './workspace';

const { dev, prod } = realServers();
const folder = useFolders();
const certificate = Buffer.from(readFileSync(dev.ca, 'utf8').trim()).toString('base64');
const applications = [RICH, ...generatedApplications(certificate)];
const fileOf = (name: string): string => `${name.replaceAll(/\W+/g, '-')}.xml`;

/** Sends a file as a form does. */
function imported(server: RealServer, method: 'POST' | 'PUT', text: string, name = 'file.xml'): Promise<Answer> {
  const boundary = 'liftlock-quay-Zx81';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/xml\r\n\r\n`;
  const body = `${head}${text}\r\n--${boundary}--\r\n`;
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return request(server, method, 'applications/import', body, headers);
}

async function identifiers(server: RealServer): Promise<ReadonlyMap<string, string>> {
  const list = (await read(server, 'applications?limit=500')) as { applications: { id: string; name: string }[] };
  return new Map(list.applications.map(({ id, name }) => [name, id]));
}

/** What is still to be done for applications, but for what an import cannot do. */
async function toDo(workspace: Workspace, environment: string): Promise<unknown[]> {
  const plan = await workspace.json<Plan>(['plan', environment, '--kind', 'application']);
  const { error } = plan as { error?: unknown };
  if (error !== undefined) return [error];
  const lost = plan.notCarried.filter(({ path = '' }) => !EXPECTED.some((known) => path.startsWith(known)));
  return [...plan.operations, ...lost];
}

/** Copies of fields that the server shows, and what convert says is lost in an import of 6.x. */
const EXPECTED = ['advancedConfigurations.additionalSpProperties', 'isManagementApp'];

async function exportedFile(id: string): Promise<string> {
  const { status, body } = await request(dev, 'GET', `applications/${id}/export`, undefined, { accept: '*/*' });
  expect([id, status]).toEqual([id, 200]);
  return String(body);
}

let workspace: Workspace;
beforeAll(async () => {
  await emptyServer(dev);
  await emptyServer(prod);
  const servers = dev.url === prod.url ? [dev] : [dev, prod];
  for (const server of servers)
    expect((await request(server, 'POST', 'identity-providers', FEDERATED)).status).toBe(201);
  const made = await realWorkspace(await folder('real-files-made'), { dev });
  for (const [index, application] of applications.entries())
    await made.write(`artifacts/applications/${index}.yaml`, JSON.stringify(application, undefined, 2));
  const { outcomes } = await made.json<{ outcomes: Outcome[] }>(['apply', 'dev', '--kind', 'application', '--yes']);
  expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
  workspace = await realWorkspace(await folder('real-files'), { dev, prod });
});

test('what convert reads of a file that the server wrote is what the server has', async () => {
  for (const [name, id] of await identifiers(dev))
    await workspace.write(`exports/${fileOf(name)}`, await exportedFile(id));
  const { code, text } = await workspace.run(['convert', 'exports', '--env', 'dev']);
  expect([code, text]).toEqual([0, expect.not.stringContaining('is read as')]);
  expect(await toDo(workspace, 'dev')).toEqual([]);
});

test('what convert writes is imported by the server, which then has what the artifact says', async () => {
  const { code } = await workspace.run([
    'convert',
    'artifacts/applications',
    '--to',
    'xml',
    '--env',
    'prod',
    '--out',
    'out',
  ]);
  expect(code).toBe(0);
  if (dev.url === prod.url)
    for (const id of (await identifiers(prod)).values()) await request(prod, 'DELETE', `applications/${id}`);
  const refused: unknown[] = [];
  for (const file of await workspace.names('out')) {
    const { status, body } = await imported(prod, 'POST', await workspace.read(file));
    if (status !== 201) refused.push([file, status, body]);
  }
  expect(refused).toEqual([]);
  expect(await toDo(workspace, 'prod')).toEqual([]);
});

const PROTOCOL = /<InboundAuthenticationRequestConfig>.*?<\/InboundAuthenticationRequestConfig>\s*/gs;

/**
 * A file without what servers make for themselves: ids of clients, the order of protocols (that of an index of the
 * database over ids), which of two ways of writing an empty element it has, names that come with an authenticator.
 */
function comparable(file: string): string {
  const protocols = [...file.matchAll(PROTOCOL)].map(([text]) => text).sort();
  return (
    file
      .replaceAll(PROTOCOL, () => protocols.shift() ?? '')
      .replaceAll(/<(InboundAuthKey|oauthConsumerKey)>[\w-]{28}<\/\1>/g, '<$1/>')
      .replaceAll(/<(attributeConsumingServiceIndex)>\d+<\/\1>/g, '<$1>number</$1>')
      .replaceAll(/(<Name>attrConsumServiceIndex<\/Name>\s*<Value>)\d+/g, '$1number')
      // The sandbox does not keep whether this was sent as false or not at all.
      .replaceAll(/<renewRefreshTokenEnabled>false<\/renewRefreshTokenEnabled>\s*/g, '')
      .replaceAll(/<(\w+)><\/\1>/g, '<$1/>')
      .replaceAll(/<DisplayName>.*<\/DisplayName>\s*/g, '')
      .replaceAll(/\n\s*/g, '\n')
  );
}

test('the sandbox writes of the same applications what the server writes', async () => {
  const sandbox = await startSandbox({ port: 0, version: '6.0' });
  try {
    await byHand(sandbox, 'POST', 'identity-providers', FEDERATED);
    const twin = await makeWorkspace(await folder('real-files-twin'), { dev: sandbox.url }, { version: '6.0' });
    for (const [index, each] of applications.entries())
      await twin.write(`artifacts/applications/${index}.yaml`, JSON.stringify(each, undefined, 2));
    const { outcomes } = await twin.json<{ outcomes: Outcome[] }>(['apply', 'dev', '--kind', 'application', '--yes']);
    expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    const ids = await identifiers(dev);
    const [real, own]: [Record<string, string>, Record<string, string>] = [{}, {}];
    for (const { name } of applications) {
      const id = await applicationId(sandbox, String(name));
      const headers = { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`, connection: 'close' };
      const answer = await fetch(`${sandbox.url}/api/server/v1/applications/${id}/export`, { headers });
      own[String(name)] = comparable(await answer.text());
      real[String(name)] = comparable(await exportedFile(ids.get(String(name)) ?? ''));
    }
    expect(own).toEqual(real);
  } finally {
    await sandbox.close();
  }
});

const FOLDERS = ['fixtures/wso2-is/sp-xml', 'wso2-real/sp-xml/from-real'].map((name) =>
  path.resolve(__dirname, '../../../../shared', name),
);
const fixtures = FOLDERS.filter((place) => existsSync(place)).flatMap((place) =>
  readdirSync(place).map((name) => path.join(place, name)),
);

/** Why the server takes some of them not: they are a template, the file of a deployment, or need what it lacks. */
const REFUSED = [
  'Application name cannot be empty.',
  "Application with name: 'default' already loaded from the file system.",
  'No authenticator have been registered in the authentication flow.',
  'Grant type account_switch not allowed',
  'Grant type urn:ietf:params:oauth:grant-type:uma-ticket not allowed',
];
const BERTH = [{ userstore: 'PRIMARY', mappedAttribute: 'berth' }];

(fixtures.length > 0 ? test : test.skip)(
  'a file from elsewhere that the server takes is what convert reads of it',
  async () => {
    const berth = { claimURI: 'http://wso2.org/claims/berth', displayName: 'Berth', attributeMapping: BERTH };
    expect((await request(prod, 'POST', 'claim-dialects/local/claims', berth)).status).toBe(201);
    const others = await realWorkspace(await folder('real-files-others'), { prod });
    const refused: string[] = [];
    for (const [index, file] of fixtures.entries()) {
      const text = readFileSync(file, 'utf8');
      const { status, body } = await imported(prod, 'POST', text, path.basename(file));
      if (status === 201) await others.write(`exports/${index}.xml`, text);
      else refused.push(`${path.basename(file)}: ${String((body as { description?: unknown }).description)}`);
    }
    expect((await others.run(['convert', 'exports', '--env', 'prod'])).code).toBe(0);
    expect(refused.filter((line) => !REFUSED.some((known) => line.endsWith(known)))).toEqual([]);
    expect(await toDo(others, 'prod')).toEqual([]);
  },
);

/** An application with what is given of its file. */
function application(name: string, inner: string): string {
  return `<ServiceProvider><ApplicationName>${name}</ApplicationName><Description>quay</Description>${inner}</ServiceProvider>`;
}

const clientOf = (inner: string): string =>
  `<InboundAuthenticationConfig><InboundAuthenticationRequestConfigs><InboundAuthenticationRequestConfig><InboundAuthKey>wrong-names</InboundAuthKey><InboundAuthType>oauth2</InboundAuthType><InboundConfigType>standardAPP</InboundConfigType><inboundConfiguration><![CDATA[<oAuthAppDO><oauthConsumerKey>wrong-names</oauthConsumerKey><applicationName>wrong</applicationName><oauthVersion>OAuth-2.0</oauthVersion><grantTypes>client_credentials</grantTypes>${inner}</oAuthAppDO>]]></inboundConfiguration></InboundAuthenticationRequestConfig></InboundAuthenticationRequestConfigs></InboundAuthenticationConfig>`;
const stepWith = (element: string): string =>
  `<LocalAndOutBoundAuthenticationConfig><AuthenticationSteps><AuthenticationStep><StepOrder>1</StepOrder><LocalAuthenticatorConfigs><LocalAuthenticatorConfig><Name>BasicAuthenticator</Name></LocalAuthenticatorConfig></LocalAuthenticatorConfigs><FederatedIdentityProviders><${element}><IdentityProviderName>Harbour Trust</IdentityProviderName><FederatedAuthenticatorConfigs><FederatedAuthenticatorConfig><Name>OpenIDConnectAuthenticator</Name></FederatedAuthenticatorConfig></FederatedAuthenticatorConfigs><DefaultAuthenticatorConfig><Name>OpenIDConnectAuthenticator</Name></DefaultAuthenticatorConfig></${element}></FederatedIdentityProviders><SubjectStep>true</SubjectStep><AttributeStep>true</AttributeStep></AuthenticationStep></AuthenticationSteps><AuthenticationType>flow</AuthenticationType></LocalAndOutBoundAuthenticationConfig>`;
const roles = (local: string, remote: string): string =>
  `<PermissionAndRoleConfig><RoleMappings><RoleMapping><${local}><LocalRoleName>Internal/everyone</LocalRoleName></${local}><${remote}>all</${remote}></RoleMapping></RoleMappings></PermissionAndRoleConfig>`;

describe('names that the classes do not have', () => {
  const named = async (name: string): Promise<Record<string, unknown> | undefined> => {
    const id = (await identifiers(prod)).get(name);
    return id === undefined ? undefined : ((await read(prod, `applications/${id}`)) as Record<string, unknown>);
  };

  test('of an identity provider in a step lose the option without a word', async () => {
    const { status } = await imported(prod, 'POST', application('wrong-step', stepWith('IdentityProvider')));
    const right = await imported(prod, 'POST', application('right-step', stepWith('FederatedIdentityProvider')));
    expect([status, right.status]).toEqual([201, 201]);
    const options = async (name: string): Promise<unknown> =>
      ((await named(name))?.['authenticationSequence'] as { steps: { options: unknown[] }[] }).steps[0]?.options;
    const local = { idp: 'LOCAL', authenticator: 'BasicAuthenticator' };
    expect(await options('wrong-step')).toEqual([local]);
    expect(await options('right-step')).toEqual([
      { idp: 'Harbour Trust', authenticator: 'OpenIDConnectAuthenticator' },
      local,
    ]);
  });

  test('of roles end in 500 and leave the application without its protocol', async () => {
    const inner = clientOf('<scopeValidators/>') + roles('LocalRole', 'RemoteRole');
    const { status } = await imported(prod, 'POST', application('wrong-role', inner));
    expect([status, (await named('wrong-role'))?.['inboundProtocols']]).toEqual([500, []]);
    const right = await imported(prod, 'POST', application('right-role', roles('localRole', 'remoteRole')));
    expect(right.status).toBe(201);
  });

  test('a client without the element of scope validators ends in 500', async () => {
    const { status } = await imported(prod, 'POST', application('no-validators', clientOf('')));
    expect([status, (await named('no-validators'))?.['inboundProtocols']]).toEqual([500, []]);
  });
});
