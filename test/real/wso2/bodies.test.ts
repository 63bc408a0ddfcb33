import type { JsonObject } from '../../../src/model/json';
import type { Server } from '../../../src/products/product';
import { externalClaim } from '../../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import { bring, connected } from './bodies/artifact-runs';
import { foundationProblems, liveIn, said, stateProblems, STATES } from './bodies/state-runs';
import { emptyServer, realServers } from './servers';

/*
 * Every body that Liftlock can make, with each optional part of a kind's schema absent, empty, set to something else, and
 * alone: none is answered by 5xx, none is refused, and what is read back is what the file says.
 */

const { dev } = realServers();
let server: Server;

beforeAll(async () => {
  await emptyServer(dev);
  server = await connected(dev);
  expect(await foundationProblems(server)).toEqual([]);
});
afterAll(() => emptyServer(dev));

describe.each(STATES)('$artifact.name', ({ artifact, states }) => {
  test(`${states.length} states are created, filled and brought back`, async () => {
    expect(await stateProblems(server, artifact, states)).toEqual([]);
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
