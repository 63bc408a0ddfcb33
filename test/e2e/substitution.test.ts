import { makeWorkspace, patchApplication, useExported, useFolders, useSandbox, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const exported = useExported(sandbox);
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';

/** The exported workspace with Ferry's addresses and description as placeholders, comments and other quotes. */
async function templated(): Promise<Workspace> {
  const workspace = await exported(await folder());
  await workspace.edit(FERRY, 'description: Crossings', "description: '{{var:what}} by {{var:who}}' # ours");
  await workspace.edit('environments/dev.yaml', /$/, 'variables:\n  what: Crossings\n  who: boat\n  unused: 1\n');
  await patchApplication(sandbox(), 'Ferry', { description: 'Crossings by boat' });
  return workspace;
}

test('a re-export of an unchanged environment touches no file', async () => {
  const workspace = await templated();
  const before = await workspace.files();
  const { code, stdout } = await workspace.run(['export', 'dev'], options);
  expect(code).toBe(0);
  expect(stdout).toContain('nothing changed');
  expect(await workspace.files()).toEqual(before);
});

test('a change on the server goes into the file, and the placeholder that it replaced is told with file and line', async () => {
  const workspace = await templated();
  await patchApplication(sandbox(), 'Ferry', { description: 'Crossings by raft' });
  const report = await workspace.json<{ problems: object[] }>(['export', 'dev'], options);
  expect(await workspace.read(FERRY)).toContain('description: "{{var:what}} by raft" # ours\n');
  const line = (await workspace.read(FERRY)).split('\n').findIndex((text) => text.startsWith('description')) + 1;
  expect(report.problems).toContainEqual(
    expect.objectContaining({
      code: 'placeholder-replaced',
      message: '{{var:who}} was replaced at description: dev has another value there',
      place: { file: FERRY, line, column: 14 },
    }),
  );
});

test('an artifact of other environments is neither exported, planned nor pruned, but named', async () => {
  const root = await folder();
  const extras = { variables: {} };
  const settings = { artifacts: { 'application/Ferry': { only: ['other'] } } };
  const workspace = await makeWorkspace(root, { dev: sandbox().url, other: sandbox().url }, extras, settings);
  const files = await workspace.json<{ skipped: { key: string }[] }>(['export', 'dev'], options);
  expect(files.skipped.map(({ key }) => key)).toContain('Ferry');
  expect(await workspace.names()).not.toContain(FERRY);
  expect((await workspace.run(['export', 'other'], options)).code).toBe(0);
  const before = await workspace.files();
  expect(before.has(FERRY)).toBe(true);
  expect((await workspace.run(['export', 'dev', '--prune'], options)).code).toBe(0);
  expect(await workspace.files()).toEqual(before);
  const plan = await workspace.json<{ operations: object[]; unmanaged: { key: string }[] }>(['plan', 'dev'], options);
  expect(plan.operations).toEqual([]);
  expect(plan.unmanaged.map(({ key }) => key)).toContain('Ferry');
});

test('render --explain shows where a value comes from', async () => {
  const workspace = await templated();
  const { code, stdout } = await workspace.run(['render', 'dev', 'application/Ferry', '--explain']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ {2}description: Crossings by boat\n {4}\d+:14 {2}\{\{var:what\}\} by \{\{var:who\}\}\n/);
  expect(stdout).toMatch(/ {4}var who at environments\/dev\.yaml:\d+:8\n/);
  const document = await workspace.json<{ artifacts: { values?: object[] }[] }>(['render', 'dev', '--explain']);
  expect(document.artifacts.every(({ values }) => (values?.length ?? 0) > 0)).toBe(true);
});
