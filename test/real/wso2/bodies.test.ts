import type { JsonObject } from '../../../src/model/json';
import type { Server } from '../../../src/products/product';
import { externalClaim } from '../../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import { mapConcurrently } from '../../../src/workflows/concurrent';
import type { LiveArtifact } from '../../../src/workflows/live';
import { bring, connected, numbered, type Result } from './bodies/artifact-runs';
import { FOUNDATION, FULL, type FullArtifact } from './bodies/full-artifacts';
import { combined, statesOf, type State } from './bodies/schema-states';
import { emptyServer, realServers } from './servers';

/*
 * Every body that Liftlock can make, with each optional part of a kind's schema absent, empty, set to something else, and
 * alone: none is answered by 5xx, none is refused, and what is read back is what the file says.
 */

const WRITES_AT_A_TIME = 4;

const { dev } = realServers();
let server: Server;
let made = 0;

beforeAll(async () => {
  await emptyServer(dev);
  server = await connected(dev);
  // The product mixes up what is used for the first time by several at once.
  for (const artifact of [...FOUNDATION, ...FULL]) {
    const result = await bring(server, artifact.kind, numbered(artifact.value, 0), undefined);
    expect({ artifact: artifact.name, ...said(result) }).toEqual({ artifact: artifact.name, ended: 'same' });
  }
});
afterAll(() => emptyServer(dev));

const STATES = FULL.map((artifact) => ({
  artifact,
  states: statesOf(artifact.kind, artifact.value).filter((state) => isAllowed(artifact, state)),
}));

describe.each(STATES.filter(({ states }) => states.length > 0))('$artifact.name', ({ artifact, states }) => {
  test(`${states.length} states are created, filled, brought back and emptied`, async () => {
    const combinations = combined(states);
    const failed = await problemsOf(artifact, combinations);
    // What went wrong in combination is looked for one by one.
    const single = await problemsOf(
      artifact,
      states.filter(({ name }) => failed.some((problem) => problem.state.includes(name))),
    );
    expect(single.length > 0 ? single : failed).toEqual([]);
  });
});

test('an external claim, which has no optional part, is mapped to another local claim', async () => {
  const name = { claimDialectURI: 'urn:harbour', claimURI: 'buoy' };
  const mapped = (claim: string) => ({ ...name, mappedLocalClaimURI: `http://wso2.org/claims/${claim}` });
  const created = await bring(server, externalClaim, mapped('country'), undefined);
  const changed = await bring(server, externalClaim, mapped('mobile'), liveIn(created));
  expect([said(created), said(changed)]).toEqual([{ ended: 'same' }, { ended: 'same' }]);
});

test('a role is read back as it is written, and its other spelling is no difference', async () => {
  const keepers = (role: string): JsonObject => ({
    name: 'Buoy keepers',
    roles: { mappings: [{ idpRole: 'keeper', localRole: role }], outboundProvisioningRoles: [role] },
  });
  const [short, long] = [keepers('admin'), keepers('Internal/admin')];
  const created = await bring(server, identityProvider, short, undefined);
  expect(liveIn(created)?.value.roles).toEqual(short.roles);
  const kept = await bring(server, identityProvider, long, liveIn(created));
  expect([said(kept), liveIn(kept)?.value.roles]).toEqual([{ ended: 'same' }, short.roles]);
});

interface Problem {
  readonly state: string;
  readonly step: string;
  readonly ended: string;
}

async function problemsOf(artifact: FullArtifact, states: readonly State[]): Promise<Problem[]> {
  const width = artifact.oneByOne ? 1 : WRITES_AT_A_TIME;
  const found = await mapConcurrently(states, width, (state) => problemOf(artifact, state));
  return found.filter((problem) => problem !== undefined);
}

/** The state is made, the rest is added to it, and taken away again: each time the server has to show just that. */
async function problemOf(artifact: FullArtifact, state: State): Promise<Problem | undefined> {
  made += 1;
  const full = numbered(artifact.value, made);
  const partial = valueIn(artifact, state, full);
  let before: Result | undefined;
  for (const [step, value] of [
    ['create', partial],
    ['fill', full],
    ['back', partial],
  ] as const) {
    const result = await bring(server, artifact.kind, value, before && liveIn(before));
    if (result.ended !== 'same') return { state: state.name, step, ...said(result) };
    before = result;
  }
  return undefined;
}

function valueIn(artifact: FullArtifact, state: State, full: JsonObject): JsonObject {
  const value = state.apply(full);
  return artifact.consistent?.(value) ?? value;
}

/** States that Liftlock itself refuses, with a message, are never sent. */
function isAllowed(artifact: FullArtifact, state: State): boolean {
  return (artifact.kind.check?.(valueIn(artifact, state, artifact.value)) ?? []).length === 0;
}

function liveIn(result: Result): LiveArtifact | undefined {
  return result.ended === 'refused' ? undefined : result.live;
}

function said(result: Result): { ended: string } {
  if (result.ended === 'refused') return { ended: result.why };
  return { ended: result.ended === 'same' ? 'same' : `different in ${result.paths.join(', ')}` };
}
