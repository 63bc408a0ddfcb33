import { artifactText, type Artifact, type ArtifactName } from '../model/artifact';
import { equalJson, isObject } from '../model/json';
import type { Operation, Outcome, Plan, Remark } from '../model/plan';
import { isInterruption, LiftlockError, type Problem } from '../model/problem';
import type { RehearsalReport } from '../model/report';
import type { Selection } from '../model/selection';
import type { ProductKind } from '../products/product';
import type { Refusal } from '../sandbox/copy';
import { applyPlan } from './apply';
import type { DesiredState } from './desired';
import { readServer, type ReadArtifact, type ServerContent } from './environment-copy';
import { copyDifferences, lackingInCopy, mendCopy } from './mend-copy';
import { makePlan } from './plan';
import type { RunFolder } from './run-folder';
import type { Session } from './session';

/** What is rehearsed: a plan, and how it was made. */
export interface Rehearsal {
  readonly plan: Plan;
  readonly selection: Selection;
  readonly prune: boolean;
  /** All kinds of the product, also those that the workspace leaves out. */
  readonly kinds: readonly ProductKind[];
  /** What the copy was made from. */
  readonly original: ServerContent;
  readonly now: Date;
  readonly onProgress?: (done: number, total: number) => void;
}

export type Played = Pick<
  RehearsalReport,
  'notCopied' | 'outcomes' | 'writes' | 'secondPlan' | 'remaining' | 'besides' | 'problems'
>;

/** Nothing of a rehearsal is kept: its backup would be one of the copy. */
const NO_RECORD: RunFolder = {
  id: 'rehearsal',
  backup: () => Promise.resolve(),
  journal: () => Promise.resolve(),
  result: () => Promise.resolve(),
};

/**
 * Applies a plan to a copy, verifies it by reading back, plans again, and looks for what changed besides. `session` is
 * that of the copy. Everything that goes wrong is part of the result; only an interruption is thrown.
 */
export async function playOnCopy(
  session: Session,
  desired: DesiredState,
  rehearsal: Rehearsal,
  refusals: readonly Refusal[],
): Promise<Played> {
  const read = (): Promise<ServerContent> =>
    readServer(session.server.fresh(), session.product, rehearsal.kinds, rehearsal.onProgress);
  const planted = await read();
  const before = (await mendCopy(session, rehearsal.kinds, rehearsal.original, planted)) ? await read() : planted;
  const first = await planOn(session, desired, rehearsal);
  const notCopied = lackingInCopy(rehearsal.kinds, rehearsal.original, before, refusals);
  const { playable, outcomes: left } = split(rehearsal.plan, first);
  const applied = await apply(session, desired, { ...rehearsal.plan, operations: playable }, rehearsal);
  const second = await planOn(session, desired, rehearsal);
  const expected = unplanned(first, rehearsal.plan);
  const remaining = second.operations.filter((operation) => !expected.has(artifactText(operation)));
  return {
    notCopied,
    outcomes: [...applied.outcomes, ...left],
    writes: applied.writes,
    secondPlan: remaining.length === 0 ? 'empty' : 'not-empty',
    remaining: remaining.map(({ kind, key, action, differences: found }) => ({
      kind,
      key,
      action,
      paths: action === 'update' ? found.map(({ path }) => path) : [],
    })),
    besides: changedBesides(rehearsal, before, await read()),
    problems: applied.problems,
  };
}

/** True when everything that was planned was done on the copy, is there, and nothing else happened. */
export function hasSucceeded(played: Played): boolean {
  return (
    played.secondPlan === 'empty' &&
    played.besides.length === 0 &&
    !played.problems.some(({ severity }) => severity === 'error') &&
    played.outcomes.every(({ status, action }) => status === 'done' || action === undefined)
  );
}

function planOn(session: Session, desired: DesiredState, { selection, prune }: Rehearsal): Promise<Plan> {
  return makePlan({ ...session, server: session.server.fresh() }, desired, { selection, prune });
}

function differentPaths(kinds: readonly ProductKind[], from: ReadArtifact, to: ReadArtifact): string[] {
  const kind = kinds.find(({ name }) => name === from.kind);
  return kind ? copyDifferences(kind, from, to).map(({ path }) => path) : [];
}

/** Operations that can be played on the copy, and outcomes for those that cannot, because it lacks what they change. */
function split(plan: Plan, onCopy: Plan): { playable: Operation[]; outcomes: Outcome[] } {
  const there = new Map(onCopy.operations.map((operation) => [artifactText(operation), operation]));
  const playable: Operation[] = [];
  const outcomes: Outcome[] = [];
  for (const operation of plan.operations) {
    const { kind, key, action } = operation;
    const found = there.get(artifactText(operation));
    if (found?.action === action) playable.push({ ...operation, fingerprint: found.fingerprint });
    else outcomes.push({ kind, key, action, status: 'skipped', reason: NOT_PLAYED });
  }
  return { playable, outcomes };
}

const NOT_PLAYED = 'not rehearsed: the copy does not have it as the server does';

/** What a plan for the copy would write and the rehearsed one would not: it is not there to be done. */
function unplanned(onCopy: Plan, plan: Plan): Set<string> {
  const planned = new Set(plan.operations.map(artifactText));
  return new Set(onCopy.operations.map(artifactText).filter((name) => !planned.has(name)));
}

async function apply(
  session: Session,
  desired: DesiredState,
  plan: Plan,
  { now, onProgress }: Rehearsal,
): Promise<{ outcomes: readonly Outcome[]; writes: number; problems: readonly Problem[] }> {
  try {
    const options = { now, record: NO_RECORD, ...(onProgress ? { onProgress } : {}) };
    const { outcomes, writes } = await applyPlan(session, desired, plan, options);
    return { outcomes, writes, problems: [] };
  } catch (error) {
    if (!(error instanceof LiftlockError) || isInterruption(error)) throw error;
    // Refused before the first write: a name that cannot be resolved.
    const outcomes = plan.operations.map(({ kind, key, action }) => ({
      kind,
      key,
      action,
      status: 'skipped' as const,
    }));
    return { outcomes, writes: 0, problems: error.problems };
  }
}

/** Artifacts and referents that are not as before, though no operation names them. */
function changedBesides({ plan, kinds }: Rehearsal, before: ServerContent, after: ServerContent): Remark[] {
  const planned = new Set(plan.operations.map(artifactText));
  const names = [...new Set([...before.artifacts.keys(), ...after.artifacts.keys()])].filter(
    (name) => !planned.has(name),
  );
  const artifacts = names.flatMap((name): Remark[] => {
    const [from, to] = [before.artifacts.get(name), after.artifacts.get(name)];
    if (from && to) {
      return differentPaths(kinds, from, to).map((path) => ({ kind: from.kind, key: from.key, path, why: 'changed' }));
    }
    return [from, to].flatMap((each) =>
      each ? [{ kind: each.kind, key: each.key, why: from ? 'deleted' : 'created' }] : [],
    );
  });
  return [...artifacts, ...changedReferents(plan, before, after)];
}

/** Roles of an application that the plan writes come and go with it. */
function changedReferents(plan: Plan, before: ServerContent, after: ServerContent): Remark[] {
  const planned = new Set(plan.operations.map(artifactText));
  const own = new Set(
    [before, after].flatMap(({ artifacts }) =>
      [...artifacts.values()].filter((artifact) => planned.has(artifactText(artifact))).map(({ id }) => id),
    ),
  );
  const isOwn = ({ value }: Artifact): boolean => isObject(value.audience) && own.has(String(value.audience.value));
  const byName = ({ referents }: ServerContent): Map<string, Artifact> =>
    new Map(referents.filter((referent) => !isOwn(referent)).map((referent) => [artifactText(referent), referent]));
  const [from, to] = [byName(before), byName(after)];
  const remark = ({ kind, key }: ArtifactName, why: string): Remark => ({ kind, key, why });
  return [
    ...[...from].flatMap(([name, referent]) => {
      const now = to.get(name);
      if (!now) return [remark(referent, 'deleted')];
      return equalJson(now.value, referent.value) ? [] : [remark(referent, 'changed')];
    }),
    ...[...to].flatMap(([name, referent]) => (from.has(name) ? [] : [remark(referent, 'created')])),
  ];
}
