import type { JsonObject } from '../../src/model/json';
import type { Plan } from '../../src/model/plan';
import { LiftlockError } from '../../src/model/problem';
import type { Selection } from '../../src/model/selection';
import type { Seed, SeedRequest } from '../../src/sandbox/seeding';
import type { DesiredState } from '../../src/workflows/desired';
import { refuse } from '../../src/workflows/apply-job';
import { makePlan } from '../../src/workflows/plan';
import { refuseOtherPlan } from '../../src/workflows/plan-file';
import type { Ownership } from '../../src/workflows/session';
import { openTestServer, type TestServer } from './sandbox-session';

/* A server deletes the claims of a dialect with it: what a plan does not show would be gone (design, invariant 4). */

const DIALECT = 'urn:boats';
const TIER = 'http://wso2.org/claims/tier';
const add = (path: string, body: JsonObject): SeedRequest => ({ verb: 'POST', path, body });
const claimsOfDialect = `/claim-dialects/${Buffer.from(DIALECT).toString('base64url')}/claims`;
const claim = (claimURI: string, mappedLocalClaimURI: string): SeedRequest =>
  add(claimsOfDialect, { claimURI, mappedLocalClaimURI });
const seed: Seed = {
  random: 3,
  requests: [
    add('/claim-dialects/local/claims', {
      claimURI: TIER,
      displayName: 'Tier',
      description: '',
      attributeMapping: [{ userstore: 'PRIMARY', mappedAttribute: 'tier' }],
    }),
    add('/claim-dialects', { dialectURI: DIALECT }),
    claim('berth', TIER),
    claim('deck', 'http://wso2.org/claims/country'),
  ],
};
const NOTHING: DesiredState = { artifacts: [], problems: [] };

let server: TestServer;
afterEach(() => server.close());

async function pruned(selection: Selection = {}, files = NOTHING, settings: Partial<Ownership> = {}): Promise<Plan> {
  server = await openTestServer({ seed }, settings);
  return makePlan(server.session, files, { selection, prune: true });
}

const deletions = ({ operations }: Plan): string[] => operations.map(({ kind, key }) => `${kind}/${key}`);
const told = ({ problems }: Plan): string[] => problems.map(({ code, message }) => `${code}: ${message}`);

test('a dialect is deleted after its claims, all of which the plan shows', async () => {
  const plan = await pruned();
  expect(told(plan)).toEqual([]);
  expect(deletions(plan)).toEqual([
    `external-claim/${DIALECT} berth`,
    `external-claim/${DIALECT} deck`,
    `local-claim/${TIER}`,
    `claim-dialect/${DIALECT}`,
  ]);
});

const both = `external-claim/${DIALECT} berth, external-claim/${DIALECT} deck need it and stay`;

test.each<[string, Selection, Partial<Ownership>]>([
  ['are not selected', { kinds: ['claim-dialect'] }, {}],
  ['are protected', {}, { protect: ['external-claim/*', 'local-claim/*'] }],
])('a dialect whose claims %s is not deleted', async (_why, selection, settings) => {
  const plan = await pruned(selection, NOTHING, settings);
  expect(told(plan)).toEqual([`still-needed: claim-dialect/${DIALECT} cannot be deleted in test: ${both}`]);
  expect(plan.problems[0]?.severity).toBe('error');
  expect(() => refuse(plan, plan.operations.length)).toThrow(LiftlockError);
});

test('nor is one that a claim in the files belongs to, or a local claim that it is mapped to', async () => {
  const value = { claimDialectURI: DIALECT, claimURI: 'berth', mappedLocalClaimURI: TIER };
  const berth = { kind: 'external-claim', key: `${DIALECT} berth`, value, file: 'berth.yaml', unknownSecrets: [] };
  const plan = await pruned({}, { artifacts: [berth], problems: [] });
  expect(told(plan).sort()).toEqual(
    [`claim-dialect/${DIALECT}`, `local-claim/${TIER}`].map(
      (name) => `still-needed: ${name} cannot be deleted in test: external-claim/${DIALECT} berth needs it and stays`,
    ),
  );
});

test('a reviewed deletion is refused when a claim has been added to the dialect since', async () => {
  const reviewed = await pruned();
  await server.session.server.transport.send({
    method: 'POST',
    path: `api/server/v1${claimsOfDialect}`.split('/'),
    body: { claimURI: 'stern', mappedLocalClaimURI: 'http://wso2.org/claims/title' },
  });
  const fresh = await makePlan({ ...server.session, server: server.session.server.fresh() }, NOTHING, {
    selection: {},
    prune: true,
  });
  expect(fresh.operations).toHaveLength(reviewed.operations.length + 1);
  expect(() => refuseOtherPlan(reviewed, fresh)).toThrow(LiftlockError);
  expect(() => refuseOtherPlan(reviewed, fresh)).toThrow(
    `claim-dialect/${DIALECT} has come to depend on external-claim/${DIALECT} stern, which is not in the plan`,
  );
  expect(() => refuseOtherPlan(reviewed, reviewed)).not.toThrow();
});
