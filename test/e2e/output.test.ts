import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { jsonSchemaOf, type SCHEMAS } from '../../src/reports/schema';
import { sampleCompany } from '../../src/sandbox/seed';
import { makeWorkspace, patchApplication, secretsIn, useFolders, useSandbox, type Workspace } from './harness';

const folder = useFolders();
const preprod = useSandbox({ seed: sampleCompany('preprod') });
const prod = useSandbox({ seed: sampleCompany('prod') });

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('output'), { preprod: preprod().url, prod: prod().url });
});

/** Commands that have much to say, with the exit code and the name of the JSON document. */
const TALKATIVE: readonly (readonly [keyof typeof SCHEMAS, number, readonly string[]])[] = [
  ['export', 0, ['export', 'preprod']],
  ['plan', 0, ['plan', 'prod']],
  ['diff', 2, ['diff', 'preprod', 'prod']],
  ['drift', 2, ['drift', 'prod']],
  ['lint', 0, ['lint']],
  ['check', 0, ['env', 'check']],
];

const widest = (text: string): string => text.split('\n').reduce((a, b) => (b.length > a.length ? b : a), '');

test('without a terminal there are no colours, and no line is wider than COLUMNS', async () => {
  for (const [, code, args] of TALKATIVE) {
    // Colours are looked for in every run, see checkManners.
    const ended = await workspace.run(args, { env: { COLUMNS: '80' } });
    expect([args, ended.code]).toEqual([args, code]);
    expect(widest(ended.stdout).length).toBeLessThanOrEqual(80);
    expect(widest(ended.stderr).length).toBeLessThanOrEqual(80);
  }
});

test('--json is one document on stdout that its published schema allows', async () => {
  for (const [name, code, args] of TALKATIVE) {
    const fewer = name === 'check' ? [] : ['--kind', 'identity-provider'];
    const ended = await workspace.run([...args, ...fewer, '--json'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect([args, ended.code, ended.stderr]).toEqual([args, code, '']);
    const parsed = documentSchema(name).safeParse(JSON.parse(ended.stdout));
    expect(parsed.error?.issues ?? []).toEqual([]);
  }
  for (const args of [['plan', 'nowhere'], ['plan'], ['apply', 'prod']]) {
    const ended = await workspace.run([...args, '--json']);
    expect([args, ended.stderr]).toEqual([args, '']);
    expect(documentSchema('error').safeParse(JSON.parse(ended.stdout)).success).toBe(true);
  }
});

function documentSchema(name: keyof typeof SCHEMAS): z.ZodType {
  return z.fromJSONSchema(jsonSchemaOf(name) as Parameters<typeof z.fromJSONSchema>[0]);
}

test('reports are written in every format next to what the terminal shows, without secrets', async () => {
  const names = ['drift.md', 'drift.html', 'drift.json', 'sub/drift.xml', 'drift.sarif'];
  const flags = names.flatMap((name) => ['--report', name]);
  const ended = await workspace.run(['drift', 'prod', ...flags]);
  expect(ended).toMatchObject({ code: 2, stderr: '' });
  const texts = await Promise.all(names.map((name) => readFile(path.join(workspace.root, name), 'utf8')));
  for (const text of texts) {
    expect(text).toContain('Booking Portal');
    expect(secretsIn(text)).toEqual([]);
  }
  const [markdown, html, json, junit, sarif] = texts;
  expect(markdown).toMatch(/^#+ /);
  expect(html).toMatch(/^<!doctype html>/i);
  expect(documentSchema('drift').safeParse(JSON.parse(json ?? '')).success).toBe(true);
  expect(junit).toMatch(/^<\?xml /);
  expect(JSON.parse(sarif ?? '')).toMatchObject({ version: '2.1.0' });
  const refused = await workspace.run(['drift', 'prod', '--report', 'liftlock.yaml/drift.md']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('liftlock.yaml/drift.md could not be written');
});

test('a reader that leaves early is no failure', async () => {
  const { code, stdout, stderr } = await workspace.run([], {
    shell: 'set -o pipefail; $LIFTLOCK diff preprod prod | head -1; exit ${PIPESTATUS[0]}',
  });
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  expect(stdout.split('\n')).toHaveLength(2);
});

test('--kind, --only and --except narrow what is read, shown and written', async () => {
  await patchApplication(preprod(), 'Fare Engine', { description: 'New' });
  await patchApplication(preprod(), 'Timetable', { description: 'New' });
  preprod().journal.clear();
  const narrowed = await workspace.json<{ operations: { key: string }[] }>([
    'plan',
    'preprod',
    '--kind',
    'application',
    '--only',
    'application/*e*',
    '--except',
    'application/Time*',
  ]);
  expect(narrowed.operations.map(({ key }) => key)).toEqual(['Fare Engine']);
  const asked = preprod()
    .journal.entries()
    .map(({ path: where }) => where);
  expect(asked.filter((where) => /claim-dialects|identity-providers/.test(where))).toEqual([]);
  const before = await workspace.files();
  const exported = await workspace.run(['export', 'preprod', '--only', 'application/Fare *']);
  expect(exported.stdout).toContain('0 created, 1 updated, 0 removed, 0 unchanged');
  const changed = [...(await workspace.files())].filter(([file, { text }]) => before.get(file)?.text !== text);
  expect(changed.map(([file]) => file)).toEqual(['artifacts/applications/Fare Engine.yaml']);
});

test('without a terminal nothing is cut or left out: a script, an address and an error stay whole', async () => {
  const long = `https://very-long-address.example/${'segment/'.repeat(40)}end`;
  expect((await workspace.run(['export', 'preprod'])).code).toBe(0);
  await workspace.edit('artifacts/applications/Booking Portal.yaml', /^description: .*$/m, `description: ${long}`);
  const { stdout } = await workspace.run(['plan', 'prod']);
  expect(stdout).toContain(long);
  expect(stdout).not.toMatch(/…(?! \d+ unchanged lines?)/);
  const missing = await workspace.run(['plan', 'prod', '--only', `application/${'x'.repeat(200)}`]);
  expect(missing.stderr).toContain(`No artifact matches application/${'x'.repeat(200)}\n`);
});
