import { makeWorkspace, useFolders, useSandbox, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

/* A name that an artifact refers to and that nobody has: the line where it stands, and the name that was meant. */

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('references'), { dev: sandbox().url });
  expect((await workspace.run(['export', 'dev'], { env: smallSecrets })).code).toBe(0);
});

const PILOT = 'artifacts/applications/Pilot.yaml';

async function written(idp: string): Promise<void> {
  const option = [`        - idp: ${idp}`, '          authenticator: OpenIDConnectAuthenticator'];
  const steps = ['  steps:', '    - id: 1', '      options:', ...option];
  await workspace.write(
    PILOT,
    ['name: Pilot', 'authenticationSequence:', '  type: USER_DEFINED', ...steps, ''].join('\n'),
  );
}

async function told(...args: string[]): Promise<{ code: number | null; text: string }> {
  const { code, stdout, stderr } = await workspace.run(args, { env: smallSecrets });
  return { code, text: (stdout + stderr).replace(/\s+/g, ' ') };
}

test('lint names the line of a mistyped identity provider, and the nearest one', async () => {
  await written('Parnter');
  const { text } = await told('lint');
  expect(text).toContain(`${PILOT}:7:16`);
  expect(text).toContain(
    'application/Pilot refers to identity-provider/Parnter, which is in no file → Did you mean "Partner"?',
  );
});

test('so does plan, which refuses it', async () => {
  await written('Parnter');
  const { code, text } = await told('plan', 'dev');
  expect(code).toBe(1);
  expect(text).toContain(`${PILOT}:7:16`);
  expect(text).toContain('which dev does not have and no file adds → Did you mean "Partner"? Export or write');
});

test('a name that a variable gives has the line of its placeholder', async () => {
  await written("'{{var:partner}}'");
  await workspace.edit('environments/dev.yaml', /$/, 'variables: { partner: Nowhere at all }\n');
  const { text } = await told('lint');
  expect(text).toContain(`${PILOT}:7:16`);
  expect(text).toContain('refers to identity-provider/Nowhere at all, which is in no file → It has to exist');
});
