import type { RunResult } from '../../src/model/plan';
import type { FaultRule } from '../../src/sandbox/faults';
import {
  applicationId,
  applicationNames,
  byHand,
  makeWorkspace,
  requestLines,
  useFolders,
  useSandbox,
  type Workspace,
} from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const options = { env: smallSecrets };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('faults'), { dev: sandbox().url });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
  await workspace.edit('artifacts/applications/Harbour.yaml', 'Berths', 'Changed');
});
beforeEach(async () => {
  await byHand(sandbox(), 'DELETE', `applications/${await applicationId(sandbox(), 'Lighthouse')}`);
  sandbox().journal.clear();
});

const POST = { method: 'POST', path: '/applications$' };
const PATCH = { method: 'PATCH', path: '/applications/' };

/** Applies one creation and one change while the rules strike. */
async function applied(...rules: FaultRule[]): Promise<{ result: RunResult; requests: string[] }> {
  sandbox().faults.set(rules);
  const { code, stdout, stderr } = await workspace.run(['apply', 'dev', '--yes', '--json'], options);
  expect([code, stderr]).toEqual([0, '']);
  return { result: JSON.parse(stdout) as RunResult, requests: requestLines(sandbox().journal.entries()) };
}

const DONE = [
  { kind: 'application', key: 'Harbour', action: 'update', status: 'done' },
  { kind: 'application', key: 'Lighthouse', action: 'create', status: 'done' },
];

function count(requests: readonly string[], pattern: RegExp): number {
  return requests.filter((line) => pattern.test(line)).length;
}

test('a creation whose answer is lost is looked up and not sent again', async () => {
  const { result, requests } = await applied({ match: POST, times: 1, action: { reset: 'after' } });
  expect(result.outcomes).toEqual(expect.arrayContaining(DONE));
  expect(count(requests, /^POST \/applications$/)).toBe(1);
  expect((await applicationNames(sandbox())).filter((name) => name === 'Lighthouse')).toHaveLength(1);
});

test('a creation that never arrived is looked up and sent again', async () => {
  const { result, requests } = await applied({ match: POST, times: 1, action: { reset: 'before' } });
  expect(result.outcomes).toEqual(expect.arrayContaining(DONE));
  expect(count(requests, /^POST \/applications$/)).toBe(2);
  expect((await applicationNames(sandbox())).filter((name) => name === 'Lighthouse')).toHaveLength(1);
});

test('a server that is busy is waited for as long as it asks', async () => {
  const began = Date.now();
  const { result, requests } = await applied(
    { match: PATCH, times: 1, action: { status: 429, headers: { 'retry-after': '1' } } },
    { match: POST, times: 2, action: { status: 503 } },
    {
      match: { method: 'GET', path: '/applications\\?' },
      times: 1,
      action: { status: 503, headers: { 'retry-after': '1' } },
    },
  );
  expect(result.outcomes).toEqual(expect.arrayContaining(DONE));
  expect(count(requests, /^PATCH /)).toBe(2);
  expect(count(requests, /^POST \/applications$/)).toBe(3);
  expect(Date.now() - began).toBeGreaterThan(2000);
});

test('a token that expires in the middle is renewed, once', async () => {
  const { result, requests } = await applied(
    { match: PATCH, times: 1, action: { status: 401 } },
    { match: POST, times: 1, action: { status: 401 } },
  );
  expect(result.outcomes).toEqual(expect.arrayContaining(DONE));
  expect(count(requests, /oauth2\/token/)).toBeLessThanOrEqual(3);
});

test('a change whose fate is unknown is not repeated blindly, and told as such', async () => {
  sandbox().faults.set([{ match: PATCH, action: { reset: 'after' } }]);
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes', '--json'], options);
  expect(code).toBe(1);
  const { outcomes } = JSON.parse(stdout) as RunResult;
  expect(outcomes.find(({ key }) => key === 'Harbour')).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(/unknown/) as string,
  });
  expect(outcomes.find(({ key }) => key === 'Lighthouse')).toMatchObject({ status: 'done' });
  sandbox().faults.clear();
  const plan = await workspace.run(['plan', 'dev', '--exit-code'], options);
  expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('nothing to do')]);
});

test('a server that stops answering after the writes leaves no artifact without an outcome', async () => {
  const rule: FaultRule = { match: { method: 'GET', path: '/applications\\?' }, after: 2, action: { status: 500 } };
  sandbox().faults.set([rule]);
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes'], options);
  expect(code).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /application\/Harbour the server accepted it, but it could not be read back/,
  );
  expect(stdout).toContain('application/Lighthouse');
  expect((await workspace.lastRun()).journal.filter(({ phase }) => phase === 'end')).toHaveLength(2);
});
