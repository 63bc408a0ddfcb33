import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../../src/model/json';
import { LiftlockError, type Problem } from '../../src/model/problem';
import { COMMAND_SCHEMAS } from '../../src/cli/command-schemas';
import { openProductWorkspace } from '../../src/workflows/open-workspace';
import { renderDesired, type RenderedState } from '../../src/workflows/render-desired';
import { renderEnvironment } from '../../src/workflows/render-job';
import { problemsOf, removeFolders, shown, temporaryFolder } from '../workspace/temporary-folder';

afterAll(removeFolders);

const SETTINGS = 'product: wso2-is\nenvironments: [dev, prod]\n';
const DEV = 'url: http://localhost:9443\n';
const PORTAL = 'artifacts/applications/Portal.yaml';

function workspace(files: Record<string, string>): string {
  return temporaryFolder({ 'liftlock.yaml': SETTINGS, 'environments/dev.yaml': DEV, ...files });
}

async function rendered(
  root: string,
  variables: Record<string, string> = {},
  resolveSecrets = false,
): Promise<RenderedState> {
  const opened = await openProductWorkspace(root);
  const environment = await opened.workspace.environment('dev');
  return renderDesired(opened, environment, {}, { variables, resolveSecrets });
}

/** The descriptions of the applications, by name. */
async function descriptions(root: string): Promise<Record<string, Json | undefined>> {
  const { artifacts } = await rendered(root);
  return Object.fromEntries(artifacts.map(({ key, value }) => [key, value.description]));
}

async function problems(root: string): Promise<readonly Problem[]> {
  try {
    return (await rendered(root)).problems;
  } catch (error) {
    if (error instanceof LiftlockError) return error.problems;
    throw error;
  }
}

test('a file that cannot be read is not told as variables and overrides that nothing uses', async () => {
  const root = workspace({
    'environments/dev.yaml': `${DEV}variables: { x: here }\noverrides:\n  application/Portal: { description: y }\n`,
    [PORTAL]: 'name: Portal\nimageUrl: "{{var:x}}\n',
    'artifacts/applications/Other.yaml': 'name: Other\n',
  });
  expect((await problems(root)).map(({ code }) => code)).toEqual(['malformed-yaml']);
});

describe('variables', () => {
  const application = (name: string, description = '{{var:x}}'): Record<string, string> => ({
    [`artifacts/applications/${name}.yaml`]: `name: ${name}\ndescription: "${description}"\n`,
  });

  test('of an artifact win over those of the environment, and these over those of the workspace', async () => {
    const root = workspace({
      'liftlock.yaml': `${SETTINGS}variables: { x: workspace, y: shared }\nartifacts:\n  application/C: { variables: { x: C everywhere } }\n  application/D: { variables: { x: D everywhere } }\n`,
      'environments/dev.yaml': `${DEV}variables: { z: "{{var:y}}!" }\nartifacts:\n  application/D: { variables: { x: D in dev } }\n`,
      'environments/prod.yaml': `${DEV}variables: { x: prod }\n`,
      ...application('A', '{{var:x}} {{var:z}}'),
      ...application('C'),
      ...application('D'),
    });
    expect(await descriptions(root)).toEqual({ A: 'workspace shared!', C: 'C everywhere', D: 'D in dev' });
    expect(await problems(root)).toEqual([]);
    const inProd = await renderEnvironment({
      folder: root,
      environment: 'prod',
      selection: { only: ['*/C'] },
      variables: {},
    }).catch((error: LiftlockError) => error.problems.map(({ code }) => code));
    expect(inProd).toContain('unset-variable');
  });

  test('that are numbers stand in a text as their file spells them', async () => {
    const root = workspace({
      'environments/dev.yaml': `${DEV}variables: { a: 1e21, b: 0x1F, c: 007, d: 1.10, e: 1000000 }\n`,
      ...application('A', '{{var:a}} {{var:b}} {{var:c}} {{var:d}} {{var:e}}'),
    });
    expect(await descriptions(root)).toEqual({ A: '1e21 0x1F 007 1.10 1000000' });
  });

  test('every mistake is told at once and once, with its place and the nearest name', async () => {
    const root = workspace({
      'liftlock.yaml': `${SETTINGS}variables:\n  loop: "{{var:pool}}"\n  pool: "{{var:loop}}"\n  ids: [1]\n`,
      'environments/dev.yaml': `${DEV}variables:\n  portal: https://x\n  unsued: 1\n  broken: "{{var:potral}}"\n`,
      ...application('A', '{{var:portl}} {{var:unused}}'),
      ...application('B', 'a {{var:ids}} {{vra:portal}} {{var:loop}}'),
      ...application('C', '{{var:loop}}'),
    });
    expect((await problems(root)).map(shown).sort()).toEqual([
      'unknown-placeholder artifacts/applications/B.yaml:2:14 Did you mean "{{var:portal}}"? Write "\\{{vra:" where the text itself is meant.',
      'unset-variable artifacts/applications/A.yaml:2:14 Did you mean "portal"? Set it under "variables" in environments/dev.yaml.',
      'unset-variable artifacts/applications/A.yaml:2:14 Did you mean "unsued"? Set it under "variables" in environments/dev.yaml.',
      'unset-variable environments/dev.yaml:5:11 Did you mean "portal"? Set it under "variables" in environments/dev.yaml.',
      'unused-variable environments/dev.yaml:3:3 Did you mean "portl", which is not set?',
      'unused-variable environments/dev.yaml:4:3 Did you mean "unused", which is not set?',
      'unused-variable environments/dev.yaml:5:3',
      'variable-cycle liftlock.yaml:5:9 Give one of them a value of its own.',
      'wrong-type artifacts/applications/B.yaml:2:14 Only texts, numbers and true/false fit there; let the placeholder be the whole value, or use another variable.',
    ]);
  });

  test('mistakes in liftlock.yaml and in "artifacts" are told with their places', async () => {
    const bad = workspace({
      'liftlock.yaml': `${SETTINGS}variables: { "a b": 1, c: "{{vra:x}}" }\nartifacts:\n  Portal: { only: [dve] }\n`,
      'environments/dev.yaml': `${DEV}artifacts: { "application/A": { variables: { "d e": 1 } } }\n`,
    });
    expect((await problemsOf(() => rendered(bad))).map(shown)).toEqual([
      'invalid-name liftlock.yaml:3:14',
      'invalid-value liftlock.yaml:5:3',
      expect.stringContaining('unknown-placeholder liftlock.yaml:3:27'),
      'unknown-environment liftlock.yaml:5:20 Did you mean "dev"?',
    ]);
  });
});

test('an artifact that exists in other environments only is left out, and its variables are not unused', async () => {
  const root = workspace({
    'liftlock.yaml': `${SETTINGS}variables: { x: 1 }\nartifacts: { application/Portal: { only: [prod] } }\n`,
    [PORTAL]: 'name: Portal\ndescription: "for {{var:x}}"\n',
    'artifacts/applications/Other.yaml': 'name: Other\n',
  });
  const state = await rendered(root);
  expect(state.artifacts.map(({ key }) => key)).toEqual(['Other']);
  expect(state.elsewhere.map(({ key }) => key)).toEqual(['Portal']);
  expect(state.problems).toEqual([]);
});

test('settings that hit nothing are warnings, with the nearest name', async () => {
  const root = workspace({
    'liftlock.yaml': `${SETTINGS}ignore:\n  - { artifact: application/Portla, path: description }\n  - { artifact: application/*, path: advancedConfiguration.saas }\n  - { artifact: application/*, path: advancedConfigurations.saas }\nartifacts: { application/Potral: { only: [dev] } }\n`,
    'environments/dev.yaml': `${DEV}artifacts: { application/X: { variables: { y: 1 } } }\noverrides:\n  application/Prtal: { description: x }\n  identity-provider/Google:\n    federatedAuthenticators.authenticators[GoogleOIDCAuthenticator].properties[ClientIdd].value: x\n`,
    [PORTAL]: 'name: Portal\n',
    'artifacts/identity-providers/Google.yaml':
      'name: Google\nfederatedAuthenticators:\n  defaultAuthenticatorId: GoogleOIDCAuthenticator\n  authenticators:\n    - name: GoogleOIDCAuthenticator\n      isEnabled: true\n      properties:\n        - key: ClientId\n          value: a\n',
  });
  const found = await problems(root);
  expect(found.filter(({ severity }) => severity === 'warning').map(shown)).toEqual(
    expect.arrayContaining([
      'ignore-unmatched liftlock.yaml:4:17 Did you mean "application/Portal"?',
      'ignore-unmatched liftlock.yaml:5:38 Did you mean "advancedConfigurations"?',
      'unmatched-artifact liftlock.yaml:7:14 Did you mean "application/Portal"?',
      'unmatched-artifact environments/dev.yaml:2:14',
      'unused-variable environments/dev.yaml:2:44',
      'override-unmatched environments/dev.yaml:4:3 Did you mean "application/Portal"?',
      'override-new-element environments/dev.yaml:6:5 Did you mean "ClientId"?',
    ]),
  );
  expect(found.filter(({ code }) => code === 'ignore-unmatched')).toHaveLength(2);
});

describe('secrets from a .env file', () => {
  const files = {
    'environments/dev.yaml': `${DEV}variables: { unused: "{{secret:other}}" }\nsecrets: { file: .env, command: [node, -e, "process.exit(7)", "{name}"] }\n`,
    [PORTAL]:
      'name: Portal\ninboundProtocolConfiguration:\n  oidc:\n    clientSecret: "{{secret:portal}}"\n    grantTypes: [client_credentials]\n',
    '.env': '# mine\nexport LIFTLOCK_SECRET_PORTAL="a \\"b\\" #c"\n',
  };

  test('arrive as they are; a secret that nothing needs is not looked up', async () => {
    const state = await rendered(workspace(files), {}, true);
    expect(state.secretValues).toEqual(['a "b" #c']);
  });

  test('are refused when git tracks the file', async () => {
    const root = workspace(files);
    execFileSync('git', ['init', '-q'], { cwd: root });
    expect((await rendered(root, {}, true)).secretValues).toHaveLength(1);
    execFileSync('git', ['add', '.env'], { cwd: root });
    const found = await problemsOf(() => rendered(root, {}, true));
    expect(found.map(({ code, place }) => [code, place?.file])).toEqual([['secret-file-tracked', '.env']]);
  });
});

describe('render --explain', () => {
  const root = (): string =>
    workspace({
      'liftlock.yaml': `${SETTINGS}variables:\n  host: portal.example\n`,
      'environments/dev.yaml': `${DEV}variables:\n  base: https://{{var:host}}\n  urls: ["{{var:base}}/a", "{{var:base}}/b"]\noverrides:\n  application/*:\n    advancedConfigurations.saas: true\n`,
      [PORTAL]:
        'name: Portal\naccessUrl: "{{var:base}}/home"\ninboundProtocolConfiguration:\n  oidc:\n    clientSecret: "{{secret:portal}}"\n    grantTypes: [authorization_code]\n    callbackURLs:\n      - https://x\n      - "{{var:urls}}"\nadvancedConfigurations:\n  saas: false\n',
    });
  const explained = (folder: string) =>
    renderEnvironment({ folder, environment: 'dev', selection: {}, variables: {}, explain: true });

  test('names file, line, column, text, variables, secrets and overrides of each value', async () => {
    const { document } = await explained(root());
    expect(COMMAND_SCHEMAS.render.safeParse(JSON.parse(JSON.stringify(document))).success).toBe(true);
    const values = new Map(document.artifacts[0]?.values?.map((value) => [value.path, value]));
    expect(values.get('accessUrl')).toEqual({
      path: 'accessUrl',
      value: 'https://portal.example/home',
      from: 'file',
      file: PORTAL,
      line: 2,
      column: 12,
      text: '{{var:base}}/home',
      variables: [
        { name: 'base', file: 'environments/dev.yaml', line: 3, column: 9 },
        { name: 'host', file: 'liftlock.yaml', line: 4, column: 9 },
      ],
      secrets: [],
    });
    expect(values.get('inboundProtocolConfiguration.oidc.callbackURLs[https://portal.example/b]')).toMatchObject({
      line: 9,
      text: '{{var:urls}}',
      variables: [{ name: 'urls' }, { name: 'base' }, { name: 'host' }],
    });
    expect(values.get('inboundProtocolConfiguration.oidc.clientSecret')).toMatchObject({
      value: '(secret)',
      secrets: ['portal'],
    });
    expect(values.get('advancedConfigurations.saas')).toMatchObject({
      value: true,
      from: 'override',
      file: 'environments/dev.yaml',
      line: 7,
      override: { artifact: 'application/*', path: 'advancedConfigurations.saas' },
    });
    expect(values.size).toBe(8);
  });

  test('fits a terminal', async () => {
    const { text } = await explained(root());
    expect(text).toContain('  accessUrl: https://portal.example/home\n    2:12  {{var:base}}/home\n');
    expect(text).toContain('    var host at liftlock.yaml:4:9\n');
    expect(text).toContain('    override at environments/dev.yaml:7:34\n');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

test('the sample workspace has no finding in any environment', async () => {
  const opened = await openProductWorkspace(path.resolve(__dirname, '../..'));
  for (const name of opened.workspace.settings.environments) {
    const environment = await opened.workspace.environment(name);
    const { problems: found } = await renderDesired(opened, environment, {}, { variables: {}, resolveSecrets: false });
    expect(found).toEqual([]);
  }
  expect(readFileSync(path.join(opened.workspace.root, 'liftlock.yaml'), 'utf8')).toContain('wso2-is');
});

test('render shows no secret, neither of a source nor one in clear in a file', async () => {
  const oidc = (secret: string): string =>
    `inboundProtocolConfiguration:\n  oidc: { grantTypes: [password], clientSecret: "${secret}" }\n`;
  const folder = workspace({
    'artifacts/applications/Clear.yaml': `name: Clear\n${oidc('in-clear-1234')}`,
    'artifacts/applications/Source.yaml': `name: Source\n${oidc('{{secret:source}}')}`,
  });
  const variables = { LIFTLOCK_SECRET_SOURCE: 'from-source-1234' };
  for (const explain of [false, true]) {
    const rendered = await renderEnvironment({ folder, environment: 'dev', selection: {}, variables, explain });
    expect(rendered.document.artifacts.map(({ key }) => key)).toEqual(['Clear', 'Source']);
    expect(rendered.text.match(/\(secret\)/g)).toHaveLength(2);
    expect(JSON.stringify(rendered)).not.toContain('-1234');
  }
});
