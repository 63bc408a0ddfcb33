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
const old = useSandbox({ version: '6.0' });
const options = { env: smallSecrets };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('refused'), { dev: sandbox().url });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
});
beforeEach(async () => {
  await byHand(sandbox(), 'DELETE', `applications/${await applicationId(sandbox(), 'Lighthouse')}`);
  sandbox().journal.clear();
});

const POST = { method: 'POST', path: '/applications$' };
const HALF: FaultRule = { match: POST, action: { half: { status: 400, without: ['description'] } } };
/** Only the application that the refused creation left: the others were read before. */
const UNREADABLE: FaultRule = { match: { method: 'GET', path: '/applications/[\\w-]+$' }, action: { status: 400 } };
const TAKEN = { code: 'APP-60007', message: 'Error creating application.', description: 'It exists already.' };

interface Applied {
  readonly code: number | null;
  readonly outcome: RunResult['outcomes'][number] | undefined;
  readonly writes: string[];
}

/** Applies the creation of Lighthouse while the rules strike. */
async function applied(...rules: FaultRule[]): Promise<Applied> {
  sandbox().faults.set(rules);
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes', '--json'], options);
  const { outcomes } = JSON.parse(stdout) as RunResult;
  return { code, outcome: outcomes[0], writes: requestLines(sandbox().journal.writes()) };
}

const ONCE = ['POST /applications'];
const TWICE = [...ONCE, ...ONCE];
const THEN_DELETED = [...ONCE, expect.stringMatching(/^DELETE \/applications\/[\w-]+$/)];

test.each([
  ['409 "already exists"', 409, TAKEN],
  [
    'a CORS origin that two writes used first',
    400,
    { code: 'CMS-65004', message: 'Allow CORS origins update failed.' },
  ],
  ['an authenticator that two writes used first', 500, { code: 'APP-65001', message: 'Server error.' }],
])('%s, while it is not there, is tried once more', async (_what, status, body) => {
  const { code, outcome, writes } = await applied({ match: POST, times: 1, action: { status, body } });
  expect([code, outcome]).toEqual([0, { kind: 'application', key: 'Lighthouse', action: 'create', status: 'done' }]);
  expect(writes).toEqual(TWICE);
  expect(await applicationNames(sandbox())).toContain('Lighthouse');
});

test('a second refusal is the last word', async () => {
  const { code, outcome, writes } = await applied({ match: POST, action: { status: 409, body: TAKEN } });
  expect([code, outcome?.status, outcome?.reason]).toEqual([1, 'failed', expect.stringContaining('409 APP-60007')]);
  expect(writes).toEqual(TWICE);
});

test('any other refusal is not tried again', async () => {
  const { code, outcome, writes } = await applied({
    match: POST,
    action: { status: 400, body: { code: 'APP-60001' } },
  });
  expect([code, outcome?.status]).toEqual([1, 'failed']);
  expect(writes).toEqual(ONCE);
});

test('what somebody else has made in the meantime, as it is in the files, is told and kept', async () => {
  const rule = { match: POST, action: { half: { status: 409, without: ['nothing'] } } };
  const { code, outcome, writes } = await applied(rule);
  expect([code, outcome]).toEqual([
    0,
    expect.objectContaining({ status: 'done', reason: expect.stringContaining('somebody else has made it') as string }),
  ]);
  expect(writes).toEqual(ONCE);
});

test('what somebody else has made in the meantime, in another way, is told and left alone', async () => {
  const { code, outcome, writes } = await applied({
    match: POST,
    action: { half: { status: 409, without: ['description'] } },
  });
  expect([code, outcome?.status, outcome?.reason]).toEqual([
    1,
    'failed',
    expect.stringContaining('differs in description and was left as it is'),
  ]);
  expect(writes).toEqual(ONCE);
  expect(await applicationNames(sandbox())).toContain('Lighthouse');
});

test('what can be read after a refused creation may be somebody else’s: it is told and left alone', async () => {
  const { code, outcome, writes } = await applied(HALF);
  expect([code, outcome?.status, outcome?.reason]).toEqual([
    1,
    'failed',
    expect.stringMatching(/application\/Lighthouse is on the server all the same.*left as it is\. Plan again\./),
  ]);
  expect(writes).toEqual(ONCE);
  expect(await applicationNames(sandbox())).toContain('Lighthouse');
});

test('what a refused creation leaves and nobody can read is deleted again, and journal and outcome say so', async () => {
  const { code, outcome, writes } = await applied(HALF, UNREADABLE);
  expect([code, outcome?.reason]).toEqual([1, expect.stringContaining('application/Lighthouse was deleted again.')]);
  expect(writes).toEqual(THEN_DELETED);
  expect(await applicationNames(sandbox())).not.toContain('Lighthouse');
  const { journal } = await workspace.lastRun();
  expect(journal.map(({ request, phase, status }) => [request, phase, status])).toEqual([
    ['POST applications', 'start', undefined],
    ['POST applications', 'failed', 400],
    ['DELETE applications/{id}', 'start', undefined],
    ['DELETE applications/{id}', 'end', 204],
  ]);
});

test('a creation of which a later request is refused is taken back as a whole', async () => {
  const file = 'artifacts/applications/Weir.yaml';
  await workspace.write(
    file,
    [
      'name: Weir',
      'authorizedAPIs:',
      '  - identifier: /api/server/v1/applications',
      '    policyIdentifier: RBAC',
      '    scopes: [internal_application_mgt_view]',
      '',
    ].join('\n'),
  );
  sandbox().faults.set([{ match: { method: 'POST', path: '/authorized-apis$' }, action: { status: 400 } }]);
  const { code, stdout } = await workspace.run(
    ['apply', 'dev', '--yes', '--json', '--only', 'application/Weir'],
    options,
  );
  const { outcomes } = JSON.parse(stdout) as RunResult;
  expect([code, outcomes[0]?.reason]).toEqual([1, expect.stringContaining('application/Weir was deleted again.')]);
  expect(requestLines(sandbox().journal.writes())).toEqual([
    'POST /applications',
    expect.stringMatching(/^POST \/applications\/[\w-]+\/authorized-apis$/),
    expect.stringMatching(/^DELETE \/applications\/[\w-]+$/),
  ]);
  expect(await applicationNames(sandbox())).not.toContain('Weir');
  await workspace.remove(file);
});

test('what cannot be deleted again is named with its id and what to do', async () => {
  const { code, outcome } = await applied(HALF, UNREADABLE, { match: { method: 'DELETE' }, action: { status: 500 } });
  const id = await applicationId(sandbox(), 'Lighthouse');
  expect([code, outcome?.reason]).toEqual([
    1,
    expect.stringMatching(
      new RegExp(
        `kept a part of application/Lighthouse under the id ${id}, which could not be deleted again .*500.*Delete it`,
      ),
    ),
  ]);
});

test('an identity provider with an unknown claim leaves nothing behind on 6.0, which stores what it refuses', async () => {
  const own = await makeWorkspace(await folder('refused-old'), { dev: old().url }, { version: '6.0' });
  await own.write(
    'artifacts/identity-providers/Broken.yaml',
    [
      'name: Broken',
      'claims:',
      '  userIdClaim: { uri: mail }',
      '  mappings:',
      '    - idpClaim: mail',
      '      localClaim: { uri: http://wso2.org/claims/nope }',
      '',
    ].join('\n'),
  );
  const ended = await own.run(['apply', 'dev', '--yes', '--json', '--kind', 'identity-provider'], options);
  const { outcomes } = JSON.parse(ended.stdout) as RunResult;
  expect([ended.code, outcomes[0]?.reason]).toEqual([
    1,
    expect.stringMatching(/IDP-60024.*What the server had kept of identity-provider\/Broken was deleted again/s),
  ]);
  expect(await byHand(old(), 'GET', 'identity-providers')).toMatchObject({ totalResults: 0 });
});
