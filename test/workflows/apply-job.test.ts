import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { JsonObject } from '../../src/model/json';
import type { Outcome, Plan } from '../../src/model/plan';
import { EXIT, LiftlockError, type Problem } from '../../src/model/problem';
import type { Selection } from '../../src/model/selection';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox';
import { applyEnvironment, hasFailed, type ApplyJobOptions, type ApplyJobResult } from '../../src/workflows/apply-job';
import { exportEnvironment } from '../../src/workflows/export-job';
import { applicationId, applicationNames, byHand, patchApplication } from '../e2e/harness';
import { SMALL_SECRETS, smallCompany, smallSecrets } from '../e2e/small-company';
import { filesOf, removeFolders } from '../workspace/temporary-folder';
import { applicationWorkspace, jobRequest } from './application-workspace';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, seed: smallCompany });
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.reset();
});
afterAll(async () => {
  await sandbox.close();
  removeFolders();
});

const FERRY = 'artifacts/applications/Ferry.yaml';
const CLAIMS = 'claim-dialects/local/claims';
const ferry = 'name: Ferry\ndescription: Changed\n';

const workspace = (files: Readonly<Record<string, string>>, settings: JsonObject = {}): string =>
  applicationWorkspace(sandbox.url, files, settings);

/** Applies with `yes` to the plan unless told otherwise. */
function apply(
  folder: string,
  options: Partial<ApplyJobOptions> = {},
  selection: Selection = {},
): Promise<ApplyJobResult> {
  sandbox.journal.clear();
  return applyEnvironment(jobRequest(folder, selection), {
    prune: false,
    maxDeletes: 10,
    now: () => new Date(0),
    approve: () => Promise.resolve('yes'),
    ...options,
  });
}

async function refusal(work: Promise<unknown>): Promise<readonly Problem[]> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof LiftlockError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  expect(error.exitCode).toBe(EXIT.refused);
  expect(sandbox.journal.writes()).toEqual([]);
  return error.problems;
}

const deletions = ({ operations }: Plan): string[] =>
  operations.filter(({ action }) => action === 'delete').map(({ key }) => key);

describe('nothing is written', () => {
  test('when the answer to the plan is no', async () => {
    const { plan, result, declined } = await apply(workspace({ [FERRY]: ferry }), {
      approve: () => Promise.resolve('no'),
    });
    expect([plan.operations.length, result, declined]).toEqual([1, undefined, true]);
    expect(sandbox.journal.writes()).toEqual([]);
  });

  test('when nobody is there to answer', async () => {
    const approve = (): Promise<'unavailable'> => Promise.resolve('unavailable');
    const [problem] = await refusal(apply(workspace({ [FERRY]: ferry }), { approve }));
    expect(problem?.code).toBe('missing-approval');
  });

  /** What happens on the server while somebody looks at the plan; the journal leaves it out. */
  const meanwhile = (work: () => Promise<unknown>): Partial<ApplyJobOptions> => ({
    approve: async () => {
      await work();
      sandbox.journal.clear();
      return 'yes';
    },
  });
  const harbour = 'artifacts/applications/Harbour.yaml';

  test.each<[string, Record<string, string>, () => Promise<unknown>, string]>([
    [
      'was changed',
      { [FERRY]: ferry },
      () => patchApplication(sandbox, 'Ferry', { accessUrl: 'https://elsewhere.example' }),
      'application/Ferry was changed in dev since the plan was made',
    ],
    [
      'was deleted',
      { [harbour]: 'name: Harbour\ndescription: Changed\n' },
      async () => byHand(sandbox, 'DELETE', `applications/${await applicationId(sandbox, 'Harbour')}`),
      'application/Harbour was deleted in dev since the plan was made',
    ],
    [
      'was created',
      { 'artifacts/applications/Quay.yaml': 'name: Quay\n' },
      () => byHand(sandbox, 'POST', 'applications', { name: 'Quay' }),
      'application/Quay was created in dev since the plan was made',
    ],
  ])('when an artifact %s between the plan and the answer to it', async (_what, files, work, message) => {
    const unchanged = { 'artifacts/applications/Lighthouse.yaml': 'name: Lighthouse\ndescription: Other\n' };
    const problems = await refusal(apply(workspace({ ...files, ...unchanged }), meanwhile(work)));
    expect(problems.map((problem) => problem.message)).toEqual([message]);
  });

  test('when a claim, which its list shows whole, was changed between the plan and the answer to it', async () => {
    const claim = (displayName: string): JsonObject => ({
      claimURI: 'http://wso2.org/claims/berth',
      displayName,
      description: 'Where the boat lies',
      attributeMapping: [{ userstore: 'PRIMARY', mappedAttribute: 'berth' }],
    });
    await byHand(sandbox, 'POST', CLAIMS, claim('Berth'));
    const id = Buffer.from('http://wso2.org/claims/berth').toString('base64url');
    const work = (): Promise<unknown> => byHand(sandbox, 'PUT', `${CLAIMS}/${id}`, claim('Changed at the console'));
    const files = { 'artifacts/local-claims/berth.yaml': stringify(claim('Berth of the boat')) };
    const problems = await refusal(apply(workspace(files, { kinds: ['local-claim'] }), meanwhile(work)));
    expect(problems.map(({ code }) => code)).toEqual(['moved']);
  });

  test('when what was to be deleted was changed between the plan and the answer to it', async () => {
    const work = (): Promise<unknown> => patchApplication(sandbox, 'Lighthouse', { description: 'Needed after all' });
    const only = { only: ['application/Lighthouse'] };
    const problems = await refusal(apply(workspace({}), { prune: true, ...meanwhile(work) }, only));
    expect(problems.map(({ code }) => code)).toEqual(['moved']);
    expect(await applicationNames(sandbox)).toContain('Lighthouse');
  });
});

describe('--prune', () => {
  test('deletes nothing outside of the selection', async () => {
    const { plan } = await apply(workspace({}), { prune: true }, { only: ['application/Harbour', 'application/Pier'] });
    expect(deletions(plan)).toEqual(['Harbour']);
    expect(await applicationNames(sandbox)).toEqual(expect.arrayContaining(['Ferry', 'Lighthouse']));
  });

  test('is what makes artifacts without a file be read', async () => {
    const approve = (): Promise<'no'> => Promise.resolve('no');
    const reads = async (prune: boolean): Promise<number> => {
      await apply(workspace({ [FERRY]: ferry }), { prune, approve });
      return sandbox.journal.entries().filter(({ path: where }) => /\/applications\/[\w-]+$/.test(where)).length;
    };
    expect([await reads(false), await reads(true)]).toEqual([1, 3]);
  });

  test('deletes nothing that has a file, selected or not', async () => {
    const approve = (): Promise<'no'> => Promise.resolve('no');
    const options = { prune: true, approve };
    const { plan } = await apply(workspace({ [FERRY]: ferry }), options, { except: ['application/Ferry'] });
    expect(deletions(plan)).toEqual(['Harbour', 'Lighthouse']);
    expect(plan.unmanaged).toEqual([]);
  });

  test('never deletes the portals of the product', async () => {
    const { plan } = await apply(workspace({}), { prune: true, approve: () => Promise.resolve('no') });
    expect(deletions(plan)).toEqual(['Ferry', 'Harbour', 'Lighthouse']);
  });
});

describe('what liftlock.yaml protects', () => {
  test('is neither changed nor created, and has an outcome that fails nothing', async () => {
    const files = {
      [FERRY]: ferry,
      'artifacts/applications/Lighthouse.yaml': 'name: Lighthouse\ndescription: Other\n',
      'artifacts/applications/Quay.yaml': 'name: Quay\n',
    };
    const { result } = await apply(workspace(files, { protect: ['application/Ferry', 'application/Quay'] }));
    expect(result?.outcomes.map(({ key, status, reason }) => [key, status, reason])).toEqual([
      ['Lighthouse', 'done', undefined],
      ['Ferry', 'skipped', 'protected in liftlock.yaml'],
      ['Quay', 'skipped', 'protected in liftlock.yaml'],
    ]);
    expect(result && hasFailed(result)).toBe(false);
    expect(sandbox.journal.writes()).toHaveLength(1);
    expect(await applicationNames(sandbox)).not.toContain('Quay');
  });
});

/** The outcomes by name, with their reasons. */
const outcomesOf = ({ result }: ApplyJobResult): Record<string, string> =>
  Object.fromEntries((result?.outcomes ?? []).map(({ key, status, reason = '' }) => [key, `${status}: ${reason}`]));

test('what the server says that it did and did not is found out by reading it back', async () => {
  const files = { [FERRY]: ferry, 'artifacts/applications/Quay.yaml': 'name: Quay\n' };
  sandbox.faults.set([
    { match: { method: 'PATCH' }, action: { status: 200 } },
    { match: { method: 'DELETE' }, action: { status: 204 } },
    { match: { method: 'POST' }, action: { status: 201, headers: { location: '/applications/none' } } },
  ]);
  const only = ['application/Ferry', 'application/Quay', 'application/Lighthouse'];
  const applied = await apply(workspace(files), { prune: true }, { only });
  expect(outcomesOf(applied)).toEqual({
    Ferry: expect.stringMatching(/^failed: read back after the write, it still differs in accessUrl, /) as string,
    Quay: 'failed: it is not there after the write',
    Lighthouse: 'failed: it is still there after the deletion',
  });
  expect(applied.result && hasFailed(applied.result)).toBe(true);
});

test('a secret of the files that the server repeats in an error is shown nowhere', async () => {
  const secret = smallSecrets.LIFTLOCK_SECRET_HARBOUR_CLIENTSECRET ?? '';
  const oidc = {
    grantTypes: ['client_credentials'],
    clientId: 'quay',
    clientSecret: '{{secret:harbour-clientSecret}}',
  };
  const quay = stringify({ name: 'Quay', inboundProtocolConfiguration: { oidc } });
  const body = { code: 'APP-60001', message: 'Refused', description: `The secret ${secret} is too short` };
  sandbox.faults.set([{ match: { method: 'POST' }, action: { status: 400, body } }]);
  const root = workspace({ 'artifacts/applications/Quay.yaml': quay });
  const applied = await apply(root);
  expect(outcomesOf(applied).Quay).toContain('The secret *** is too short');
  expect(secret.length).toBeGreaterThan(8);
  for (const [file, text] of Object.entries(filesOf(root)))
    expect([file, text.includes(secret)]).toEqual([file, false]);
});

test('the journal says of a write that it began and failed', async () => {
  const root = workspace({ 'artifacts/applications/Lighthouse.yaml': 'name: Lighthouse\ndescription: Changed\n' });
  sandbox.faults.set([{ match: { method: 'PATCH' }, action: { status: 400 } }]);
  const applied = await apply(root);
  expect(outcomesOf(applied)).toEqual({ Lighthouse: expect.stringMatching(/^failed: .*400/) as string });
  const journal = readFileSync(path.join(root, '.liftlock/runs', applied.result?.run ?? '', 'journal.jsonl'), 'utf8');
  const lines = journal.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as JsonObject)).toEqual(
    ['start', 'failed'].map((phase) => ({
      artifact: 'application/Lighthouse',
      request: 'PATCH applications/{id}',
      phase,
      ...(phase === 'failed' ? { status: 400 } : {}),
    })),
  );
});

test('the backup holds what was there, secrets too, and git leaves it out', async () => {
  const root = workspace({ 'artifacts/applications/Harbour.yaml': 'name: Harbour\ndescription: Changed\n' });
  const { result } = await apply(root);
  expect(result?.outcomes.map(({ status }) => status)).toEqual(['done']);
  const folder = path.join(root, '.liftlock/runs', result?.run ?? '');
  expect(readdirSync(folder).sort()).toEqual(['backup.json', 'journal.jsonl', 'result.json']);
  const backup = JSON.parse(readFileSync(path.join(folder, 'backup.json'), 'utf8')) as JsonObject[];
  expect(backup).toMatchObject([{ key: 'Harbour', action: 'update', before: { description: 'Berths' } }]);
  expect(SMALL_SECRETS.filter((secret) => JSON.stringify(backup).includes(secret))).toHaveLength(1);
  for (const above of ['.liftlock', '.liftlock/runs'])
    expect(statSync(path.join(root, above)).mode & 0o777).toBe(0o700);
  expect(readFileSync(path.join(root, '.liftlock/.gitignore'), 'utf8')).toBe('*\n');
});

test('export removes the file of what the server does not have with --prune, and only then', async () => {
  const quay = { 'artifacts/applications/Quay.yaml': 'name: Quay\n' };
  const root = workspace(quay);
  const options = { commit: false, prune: false };
  const kept = await exportEnvironment(jobRequest(root), options);
  expect(kept.skipped.map(({ key }) => key)).toContain('Quay');
  expect(filesOf(root)).toMatchObject(quay);
  await exportEnvironment(jobRequest(root, { only: ['application/Ferry'] }), { ...options, prune: true });
  expect(filesOf(root)).toMatchObject(quay);
  await exportEnvironment(jobRequest(root), { ...options, prune: true });
  expect(Object.keys(filesOf(root))).not.toContain('artifacts/applications/Quay.yaml');
});

test.each<[string, boolean, readonly Partial<Outcome>[]]>([
  ['all done', false, [{ action: 'update', status: 'done' }]],
  ['nothing to do', false, []],
  ['left alone on purpose', false, [{ action: 'update', status: 'done' }, { status: 'skipped' }]],
  [
    'one failed',
    true,
    [
      { action: 'update', status: 'done' },
      { action: 'delete', status: 'failed' },
    ],
  ],
  [
    'one not started',
    true,
    [
      { action: 'update', status: 'done' },
      { action: 'create', status: 'skipped' },
    ],
  ],
])('a run counts as failed when something was not done as planned: %s', (_what, failed, parts) => {
  const outcomes = parts.map((part): Outcome => ({ kind: 'application', key: 'a', status: 'done', ...part }));
  expect(hasFailed({ run: '', environment: 'dev', outcomes, writes: 0 })).toBe(failed);
});
