import { stat } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Json } from '../../src/model/json';
import type { RunResult } from '../../src/model/plan';
import { sampleCompany } from '../../src/sandbox/seed';
import {
  applicationId,
  applicationNames,
  byHand,
  makeWorkspace,
  useExported,
  patchApplication,
  requestLines,
  secretsIn,
  useFolders,
  useSandbox,
  Workspace,
} from './harness';
import { application, oidc, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany, journalBodies: true });
const copyOf = useExported(sandbox);
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';

async function exported(
  name: string,
  settings: Readonly<Record<string, unknown>> = { protect: [] },
): Promise<Workspace> {
  const workspace = await copyOf(await folder(name));
  await workspace.edit('liftlock.yaml', /$/, stringify(settings));
  return workspace;
}

/** What differs between two states, as paths. */
function changes(before: Json | undefined, after: Json | undefined, at = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return [at];
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const inside = (value: object, field: string): Json | undefined => (value as Record<string, Json>)[field];
  return [...fields].flatMap((field) => changes(inside(before, field), inside(after, field), `${at}/${field}`));
}

test('1, 2: a change to one field changes that field alone, and a second run writes nothing', async () => {
  const workspace = await exported('one-field');
  const before = sandbox().snapshot();
  await workspace.edit(FERRY, 'https://ferry.example/callback', 'https://ferry.example/signed-in');
  // The secrets are not there: the server keeps what it has, and gets no mask for it.
  sandbox().journal.clear();
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/1\s+write/)]);
  const writes = sandbox().journal.writes();
  expect(requestLines(writes)).toEqual([
    expect.stringMatching(/^PUT \/applications\/[\w-]+\/inbound-protocols\/oidc$/),
  ]);
  expect(JSON.stringify(writes.map(({ body }) => body))).not.toMatch(/\*{3}|\(secret\)|\{\{/);
  // That an application was ever changed decides the order of its properties on the server, and is no field of it.
  const changed = changes(before, sandbox().snapshot()).filter((path) => !path.endsWith('/advanced/isUpdated'));
  expect(changed).toEqual([expect.stringMatching(/callbackURLs/i)]);
  sandbox().journal.clear();
  expect((await workspace.run(['apply', 'dev', '--yes'])).code).toBe(0);
  expect((await workspace.run(['plan', 'dev', '--exit-code'])).code).toBe(0);
  expect(sandbox().journal.writes()).toEqual([]);
});

test('4: deletions need --prune, stay under the cap and spare what is protected', async () => {
  const workspace = await exported('prune', { protect: ['application/Light*'] });
  await workspace.remove('artifacts/applications');
  await workspace.remove('artifacts/identity-providers');
  sandbox().journal.clear();
  const plain = await workspace.run(['apply', 'dev', '--yes']);
  expect([plain.code, plain.stdout]).toEqual([0, expect.stringMatching(/nothing to do/)]);
  const pruning = await workspace.json<{ operations: { action: string; kind: string; key: string }[] }>([
    'plan',
    'dev',
    '--prune',
  ]);
  const deleted = pruning.operations.map(({ action, kind, key }) => `${action} ${kind}/${key}`);
  expect(deleted.sort()).toEqual([
    'delete application/Ferry',
    'delete application/Harbour',
    'delete identity-provider/Partner',
  ]);
  const capped = await workspace.run(['apply', 'dev', '--yes', '--prune', '--max-deletes', '2']);
  expect(capped.code).toBe(3);
  expect(capped.stderr).toMatch(/deletes 3 artifacts in dev; at most 2/);
  expect(sandbox().journal.writes()).toEqual([]);
  const done = await workspace.run(['apply', 'dev', '--yes', '--prune']);
  expect(done.code).toBe(0);
  expect(requestLines(sandbox().journal.writes()).at(-1)).toMatch(/^DELETE \/identity-providers\//);
  expect(await applicationNames(sandbox())).toEqual(expect.arrayContaining(['Lighthouse', 'Console', 'My Account']));
});

test('7: what a run leaves on disk holds no secret, except a backup that is the owner’s alone', async () => {
  const workspace = await exported('disk');
  await workspace.edit(FERRY, 'Crossings', 'Changed');
  await workspace.edit('artifacts/identity-providers/Partner.yaml', /^name: .*$/m, '$&\ndescription: Changed');
  const plan = await workspace.run(['plan', 'dev', '--out', 'plan.json', '--report', 'plan.html'], options);
  expect(plan.code).toBe(0);
  const result = await workspace.json<RunResult>(['apply', 'dev', '--yes', '--report', 'run.md'], options);
  expect(result.outcomes.map(({ key, status }) => `${key} ${status}`).sort()).toEqual(['Ferry done', 'Partner done']);
  for (const [file, { text }] of await workspace.files()) expect([file, secretsIn(text)]).toEqual([file, []]);
  const { folder: run, journal } = await workspace.lastRun();
  expect(path.basename(run)).toBe(result.run);
  expect(secretsIn(JSON.stringify(journal))).toEqual([]);
  expect(secretsIn(await workspace.read(path.relative(workspace.root, path.join(run, 'result.json'))))).toEqual([]);
  for (const [file, mode] of [
    ['backup.json', 0o600],
    ['journal.jsonl', 0o600],
    ['result.json', 0o600],
    ['', 0o700],
  ] as const)
    expect([file, (await stat(path.join(run, file))).mode & 0o777]).toEqual([file, mode]);
});

test('8: what depends on a failure is skipped, the rest is done, and every artifact has an outcome', async () => {
  const workspace = await exported('partial');
  const ferry = await applicationId(sandbox(), 'Ferry');
  await byHand(sandbox(), 'DELETE', `applications/${ferry}`);
  const partners = (await byHand(sandbox(), 'GET', 'identity-providers')) as {
    identityProviders: { id: string; name: string }[];
  };
  const partner = partners.identityProviders.find(({ name }) => name === 'Partner');
  await byHand(sandbox(), 'DELETE', `identity-providers/${partner?.id ?? ''}`);
  await workspace.edit('artifacts/applications/Lighthouse.yaml', 'Lights', 'Changed');
  const body = { code: 'IDP-65001', message: 'Error adding identity provider.' };
  sandbox().faults.set([{ match: { method: 'POST', path: '/identity-providers' }, action: { status: 500, body } }]);
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes', '--json'], options);
  expect(code).toBe(1);
  const { outcomes } = JSON.parse(stdout) as RunResult;
  expect(Object.fromEntries(outcomes.map(({ key, status }) => [key, status]))).toEqual({
    Partner: 'failed',
    Ferry: 'skipped',
    Lighthouse: 'done',
  });
  expect(outcomes.find(({ key }) => key === 'Partner')?.reason).toMatch(/500 IDP-65001 Error adding identity provider/);
  expect(outcomes.find(({ key }) => key === 'Ferry')?.reason).toMatch(/identity-provider\/Partner/);
  sandbox().faults.clear();
  const again = await workspace.run(['apply', 'dev', '--yes'], options);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('2 done, 0 failed');
});

describe('artifacts with strange names', () => {
  const names = ['../../escaped', 'CON', 'a/b', 'Portal', 'portal', 'x'.repeat(300), '.hidden', 'Ünï ☂', '-rf'];
  const odd = useSandbox({ seed: { random: 5, requests: names.map((name) => application(name)) } });

  test('11: their files stay inside, differ even where case does not count, and are stable', async () => {
    const workspace = await makeWorkspace(path.join(await folder('odd'), 'in', 'side'), { dev: odd().url });
    expect((await workspace.run(['export', 'dev'])).stdout).toContain('9 created');
    const files = await workspace.names('artifacts');
    expect(files).toHaveLength(9);
    expect(files.filter((file) => !/^artifacts\/applications\/[^/]+\.yaml$/.test(file))).toEqual([]);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(9);
    expect(files.filter((file) => /\/(?:con\.yaml|\.)/i.test(file) || file.length > 270)).toEqual([]);
    expect(await new Workspace(path.join(workspace.root, '../..')).names()).toHaveLength(files.length + 3);
    const before = await workspace.files();
    expect((await workspace.run(['export', 'dev'])).stdout).toContain('nothing changed');
    expect(await workspace.files()).toEqual(before);
    expect((await workspace.run(['plan', 'dev', '--exit-code'])).code).toBe(0);
  });
});

describe('the sample company', () => {
  const company = useSandbox({ seed: sampleCompany('dev') });

  test('10: the same state gives the same bytes', async () => {
    const make = async (): Promise<Workspace> => makeWorkspace(await folder('same'), { dev: company().url });
    const [one, two] = await Promise.all([make(), make()]);
    const [first, second] = await Promise.all([one.run(['export', 'dev']), two.run(['export', 'dev'])]);
    expect(first.stdout).toBe(second.stdout);
    const texts = async (at: Workspace): Promise<string[][]> =>
      [...(await at.files())].map(([file, { text }]) => [file, text]);
    expect(await texts(one)).toEqual(await texts(two));
    await patchApplication(company(), 'Fare Lab', { description: 'By hand' });
    await patchApplication(company(), 'Timetable', { description: 'By hand' });
    const [left, right] = await Promise.all([one.run(['plan', 'dev', '--json']), two.run(['plan', 'dev', '--json'])]);
    expect(left.stdout).toBe(right.stdout);
    expect(left.stdout).toContain('"change": "change"');
  });
});

describe('many applications on small pages', () => {
  const count = 20;
  const requests = Array.from({ length: count }, (_, index) => {
    const name = `App ${String(index).padStart(2, '0')}`;
    return application(name, index % 2 === 0 ? oidc(`client-${index}`, `no-secret-${index}`) : {});
  });
  const many = useSandbox({ seed: { random: 9, requests }, maximumItemsPerPage: 8 });

  test('12: reading costs the pages of the list and what each application needs, not more', async () => {
    const workspace = await makeWorkspace(await folder('many'), { dev: many().url }, {}, { kinds: ['application'] });
    expect((await workspace.run(['export', 'dev'])).stdout).toContain(`${count} created`);
    const asked = requestLines(many().journal.entries());
    const numberOf = (pattern: RegExp): number => asked.filter((line) => pattern.test(line)).length;
    expect(numberOf(/^POST .*\/oauth2\/token/)).toBe(1);
    // Twenty, and the two that the product brings.
    expect(numberOf(/^GET \/applications\?/)).toBe(Math.ceil((count + 2) / 8));
    expect(numberOf(/^GET \/applications\/[\w-]+$/)).toBe(count);
    expect(numberOf(/^GET \/applications\/[\w-]+\/inbound-protocols\/oidc$/)).toBe(count / 2);
    expect(numberOf(/^GET \/applications\/[\w-]+\/authorized-apis$/)).toBe(count);
    expect(asked).toHaveLength(1 + 3 + count + count / 2 + count);
  });
});
