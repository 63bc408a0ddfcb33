import type { RunResult } from '../../src/model/plan';
import type { FaultRule } from '../../src/sandbox/faults';
import { applicationId, byHand, makeWorkspace, requestLines, useFolders, useSandbox, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

/*
 * What Liftlock makes of faults that leave a server in an odd state: partial lists, half a write, a write that is seen
 * late. Refusals, lost answers and tokens are in faults.test.ts.
 */

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany, maximumItemsPerPage: 2 });
const options = { env: smallSecrets };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('sandbox-faults'), { dev: sandbox().url });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
  await workspace.edit('artifacts/applications/Harbour.yaml', 'Berths', 'Changed');
});
beforeEach(async () => {
  await byHand(sandbox(), 'DELETE', `applications/${await applicationId(sandbox(), 'Lighthouse')}`);
  sandbox().journal.clear();
});

/** The server gives two applications at a time, whatever is asked for. */
const SECOND_PAGE: FaultRule['match'] = { method: 'GET', path: '/applications\\?.*offset=2\\b' };
const POST = { method: 'POST', resource: '/applications' };
const PATCH = { method: 'PATCH', resource: '/applications/*' };

/** Applies one creation and one change while the rules strike. */
async function applied(...rules: FaultRule[]): Promise<{ code: number | null; outcomes: RunResult['outcomes'] }> {
  sandbox().faults.set(rules);
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes', '--json'], options);
  return { code, outcomes: (JSON.parse(stdout) as RunResult).outcomes };
}

/** What is left to do when the faults are gone. */
async function leftToDo(): Promise<string> {
  sandbox().faults.clear();
  return (await workspace.run(['plan', 'dev'], options)).stdout;
}

const writes = (): string[] => requestLines(sandbox().journal.writes());

describe('a list that fails on its second page', () => {
  test.each([
    ['export', ['export', 'dev']],
    ['plan with --prune', ['plan', 'dev', '--prune']],
    ['apply with --prune', ['apply', 'dev', '--prune', '--yes']],
  ])('stops %s before anything is written, and names the page', async (_what, args) => {
    const before = await workspace.files();
    sandbox().faults.set([{ match: SECOND_PAGE, action: { status: 500 } }]);
    const { code, stdout, stderr } = await workspace.run(args, options);
    expect(code).toBe(1);
    expect((stdout + stderr).replaceAll(/\s+/g, ' ')).toMatch(/page 2 \(from item 3\) failed/);
    expect(writes()).toEqual([]);
    expect(await workspace.files()).toEqual(before);
  });

  test('is read to its end when the server recovers', async () => {
    sandbox().faults.set([
      { match: SECOND_PAGE, times: 2, action: { status: 429, headers: { 'Retry-After': '0' } } },
      { match: SECOND_PAGE, times: 1, action: { truncate: true } },
    ]);
    const { code, stdout } = await workspace.run(['plan', 'dev'], options);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Lighthouse')]);
    expect(sandbox().faults.counts()).toEqual([
      { matched: expect.any(Number) as number, struck: 2 },
      { matched: expect.any(Number) as number, struck: 1 },
    ]);
  });
});

describe('a write that is done in part', () => {
  test('and answered as if whole: reading back tells which fields are missing', async () => {
    const { code, outcomes } = await applied({ match: POST, action: { half: { without: ['description'] } } });
    expect(code).toBe(1);
    expect(outcomes.find(({ key }) => key === 'Lighthouse')).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/still differs in description/) as string,
    });
    expect(outcomes.find(({ key }) => key === 'Harbour')).toMatchObject({ status: 'done' });
    const plan = await leftToDo();
    expect(plan).toContain('application/Lighthouse');
    expect(plan).not.toContain('application/Harbour');
  });

  test('and answered with an error: what is there is named, and the next plan has what it lacks', async () => {
    const { code, outcomes } = await applied({
      match: POST,
      action: { half: { status: 500, without: ['description'] } },
    });
    expect(code).toBe(1);
    expect(outcomes.find(({ key }) => key === 'Lighthouse')).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/application\/Lighthouse is on the server all the same.*Plan again/) as string,
    });
    expect(await leftToDo()).toMatch(/~ +application\/Lighthouse[\s\S]*description/);
  });
});

describe('a write that is seen late', () => {
  test('is waited for', async () => {
    const { code, outcomes } = await applied(
      { match: POST, action: { hidden: { reads: 2 } } },
      { match: PATCH, action: { hidden: { ms: 500 } } },
    );
    expect(outcomes.map(({ key, status }) => [key, status])).toEqual(
      expect.arrayContaining([
        ['Harbour', 'done'],
        ['Lighthouse', 'done'],
      ]),
    );
    expect(code).toBe(0);
    expect(writes()).toHaveLength(2);
    expect(await leftToDo()).toContain('nothing to do');
  });

  test('but not for ever, and what is not seen is told as failed', async () => {
    const { code, outcomes } = await applied({ match: POST, action: { hidden: { reads: 1000 } } });
    expect(code).toBe(1);
    expect(outcomes.find(({ key }) => key === 'Lighthouse')).toMatchObject({
      status: 'failed',
      reason: 'it is not there after the write',
    });
    expect(await leftToDo()).toContain('nothing to do');
  });
});

describe('slow answers and tokens that run out', () => {
  test('an export over a line that hardly carries writes the same files', async () => {
    sandbox().reset();
    const slow = await makeWorkspace(await folder('slow'), { dev: sandbox().url });
    sandbox().faults.set([
      { match: { method: 'GET' }, probability: 0.3, action: { trickle: { bytes: 500, everyMs: 2 } } },
      { match: { method: 'GET' }, times: 1, action: { token: 'revoked' } },
      { match: { method: 'GET' }, action: { delayMs: { min: 1, max: 9 } } },
    ]);
    const { code } = await slow.run(['export', 'dev'], options);
    expect([
      code,
      sandbox()
        .faults.counts()
        .every(({ struck }) => struck > 0),
    ]).toEqual([0, true]);
    sandbox().faults.clear();
    const quick = await makeWorkspace(await folder('quick'), { dev: sandbox().url });
    await quick.run(['export', 'dev'], options);
    const texts = async (exported: Workspace): Promise<[string, string][]> =>
      [...(await exported.files())].map(([name, { text }]): [string, string] => [name, text]);
    expect(await texts(slow)).toEqual(await texts(quick));
  });
});
