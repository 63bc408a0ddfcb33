import { minimise } from '../compare/canonical';
import { compareCanonical } from '../compare/differences';
import type { Difference } from '../model/difference';
import type { JsonObject } from '../model/json';
import type { Operation } from '../model/plan';
import { fingerprint } from '../planning/fingerprint';
import type { Step } from '../planning/order';
import type { Settled } from '../planning/settle';
import type { Change, ProductKind } from '../products/product';
import { requestText } from './execute';
import type { Session } from './session';

/** A planned write with all that its operation is made from. */
export type PlannedStep = Step & {
  readonly settled?: Settled;
  readonly confidential?: readonly string[];
  readonly current?: Change['current'];
};

/** The operation of a plan for a write: what changes, by which calls, on which states it was planned. */
export function toOperation(session: Session, step: PlannedStep, dependsOn: readonly string[]): Operation {
  const { kind, key, action, confidential } = step;
  const differences = step.settled?.differences ?? wholeArtifact(step, session.server.version);
  const change: Change = {
    kind: kind.name,
    key,
    desired: step.desired ?? {},
    differences,
    version: session.server.version,
    ids: new Map(),
    ...(step.live ? { live: step.live } : {}),
    ...(step.current ? { current: step.current } : {}),
  };
  const live = step.live ? { live: fingerprint(kind, step.live, confidential) } : {};
  const desired = step.desired ? { desired: fingerprint(kind, step.desired, confidential) } : {};
  return {
    kind: kind.name,
    key,
    action,
    reason: REASONS[action],
    differences,
    requests: requestsFor(session, change, action).map(requestText),
    dependsOn,
    fingerprint: { ...live, ...desired },
  };
}

/** What a creation adds or a deletion takes away, defaults left out. */
function wholeArtifact({ kind, action, desired, live, confidential }: PlannedStep, version: string): Difference[] {
  const shown = (value: JsonObject | undefined): JsonObject => (value ? minimise(kind, value, version) : {});
  return action === 'delete'
    ? compareCanonical(kind, shown(live), {}, confidential)
    : compareCanonical(kind, {}, shown(desired), confidential);
}

const REASONS = {
  create: 'in the files, not on the server',
  update: 'differs from the files',
  delete: 'on the server, in no file (--prune)',
} as const;

/** The calls of a planned change, by action. */
export function requestsFor(
  session: Session,
  change: Change,
  action: Operation['action'],
): ReturnType<ProductKind['calls']['create']> {
  const kind = session.kinds.find((candidate) => candidate.name === change.kind);
  if (!kind) return [];
  if (action === 'create') return kind.calls.create(change);
  return action === 'update' ? kind.calls.update(change) : kind.calls.remove(change);
}
