import type { DriftReport, DiffReport, ExportReport } from '../../src/model/report';
import type { Plan, RunResult } from '../../src/model/plan';
import { byHand, makeWorkspace, useFolders, useSandbox, type Workspace } from './harness';
import { application, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ version: '6.0', seed: smallCompany });
const options = { env: smallSecrets };
const BROKEN = 'artifacts/identity-providers/Broken.yaml';
const FILE = 'name: Broken\ndescription: As it was\n';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('unreadable'), { dev: sandbox().url }, { version: '6.0' });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
  await workspace.write(BROKEN, FILE);
  workspace.commit();
});
/** 6.0 stores an identity provider with an unknown claim, and can show it to nobody. */
beforeEach(async () => {
  const claims = {
    userIdClaim: { uri: 'mail' },
    mappings: [{ idpClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/nope' } }],
    provisioningClaims: [],
  };
  await expect(byHand(sandbox(), 'POST', 'identity-providers', { name: 'Broken', claims })).rejects.toThrow(
    'IDP-60024',
  );
  const { body } = application('Extra');
  await byHand(sandbox(), 'POST', 'applications', body);
  sandbox().journal.clear();
});

const UNREADABLE = expect.objectContaining({
  code: 'unreadable',
  severity: 'error',
  artifact: 'identity-provider/Broken',
  environment: 'dev',
  message: expect.stringMatching(/^identity-provider\/Broken is in dev and cannot be read\. .*400 IDP-60024/) as string,
  hint: expect.stringMatching(/Mend it on the server, or delete it there \(its id is [\w-]+\)/) as string,
}) as unknown;

/** Runs a command and gives back its document and exit code. */
async function ran<Document>(...args: string[]): Promise<{ code: number | null; document: Document }> {
  const { code, stdout } = await workspace.run([...args, '--json'], options);
  return { code, document: JSON.parse(stdout) as Document };
}

const names = (artifacts: readonly { kind: string; key: string }[]): string[] =>
  artifacts.map(({ kind, key }) => `${kind}/${key}`);

test('an export writes all others, leaves the file of what cannot be read, and ends with 1', async () => {
  const { code, document } = await ran<ExportReport>('export', 'dev', '--prune');
  expect([code, document.problems]).toEqual([1, [UNREADABLE]]);
  expect(names(document.files)).toContain('application/Extra');
  expect(await workspace.read(BROKEN)).toBe(FILE);
  await workspace.remove('artifacts/applications/Extra.yaml');
});

test('its file does not come from nowhere either', async () => {
  await workspace.remove(BROKEN);
  const { code, document } = await ran<ExportReport>('export', 'dev', '--kind', 'identity-provider');
  expect([code, document.problems, names(document.files)]).toEqual([1, [UNREADABLE], ['identity-provider/Partner']]);
  await workspace.write(BROKEN, FILE);
});

test('a plan neither makes nor changes nor deletes it, and has all the rest', async () => {
  const { code, document } = await ran<Plan>('plan', 'dev', '--prune');
  expect([code, document.problems]).toEqual([1, [UNREADABLE]]);
  expect(document.operations.map(({ kind, key, action }) => `${action} ${kind}/${key}`)).toEqual([
    'delete application/Extra',
  ]);
});

test('without a file it is not deleted by --prune', async () => {
  await workspace.remove(BROKEN);
  const { code, document } = await ran<Plan>('plan', 'dev', '--prune');
  expect([code, document.problems, names(document.operations)]).toEqual([1, [UNREADABLE], ['application/Extra']]);
  await workspace.write(BROKEN, FILE);
});

test('an apply carries out the rest, tells of it and ends with 1', async () => {
  const { code, document } = await ran<RunResult>('apply', 'dev', '--prune', '--yes');
  expect(code).toBe(1);
  expect(document.outcomes).toEqual([
    { kind: 'application', key: 'Extra', action: 'delete', status: 'done' },
    {
      kind: 'identity-provider',
      key: 'Broken',
      status: 'skipped',
      reason: expect.stringContaining('IDP-60024') as string,
    },
  ]);
  const again = await workspace.run(['apply', 'dev', '--yes'], options);
  expect([again.code, again.text]).toEqual([1, expect.stringContaining('identity-provider/Broken')]);
});

test('drift and diff compare the rest, tell of it and end with 1', async () => {
  const drift = await ran<DriftReport>('drift', 'dev');
  const [found] = drift.document.environments;
  expect([drift.code, found?.problems]).toEqual([1, expect.arrayContaining([UNREADABLE])]);
  expect(names([...(found?.findings ?? []), ...(found?.unmanaged ?? [])])).toEqual(['application/Extra']);

  const diff = await ran<DiffReport>('diff', 'files:dev', 'dev');
  expect([diff.code, diff.document.problems]).toEqual([1, [UNREADABLE]]);
  expect(names(diff.document.artifacts)).toEqual(['application/Extra']);
});

test('a rehearsal plays the rest and ends with 1', async () => {
  const { code, stdout } = await workspace.run(['rehearse', 'dev', '--prune'], options);
  expect([code, stdout]).toEqual([1, expect.stringContaining('identity-provider/Broken')]);
});

test('after its deletion the next apply makes it from its file', async () => {
  const { identityProviders } = (await byHand(sandbox(), 'GET', 'identity-providers')) as {
    identityProviders: { id: string; name: string }[];
  };
  const id = identityProviders.find(({ name }) => name === 'Broken')?.id ?? '';
  await byHand(sandbox(), 'DELETE', `identity-providers/${id}`);
  const { code, document } = await ran<RunResult>('apply', 'dev', '--yes');
  expect([code, document.outcomes]).toEqual([
    0,
    [{ kind: 'identity-provider', key: 'Broken', action: 'create', status: 'done' }],
  ]);
});
