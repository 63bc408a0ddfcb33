import type { JsonObject } from '../../../../src/model/json';
import type { Server } from '../../../../src/products/product';
import { mapConcurrently } from '../../../../src/workflows/concurrent';
import type { LiveArtifact } from '../../../../src/workflows/live';
import { bring, numbered, type Result } from './artifact-runs';
import { FOUNDATION, FULL, type FullArtifact } from './full-artifacts';
import { combined, statesOf, type State } from './schema-states';

const WRITES_AT_A_TIME = 4;

/** Everything that the states refer to, and one of each kind: the product mixes up what several use first at once. */
export async function foundationProblems(server: Server): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const artifact of [...FOUNDATION, ...FULL]) {
    const result = await bring(server, artifact.kind, numbered(artifact.value, 0), undefined);
    if (result.ended !== 'same') problems.push({ state: artifact.name, step: 'create', ...said(result) });
  }
  return problems;
}

/** The kinds that have optional parts, each with the states that Liftlock does not refuse itself, with a message. */
export const STATES = FULL.map((artifact) => ({
  artifact,
  states: statesOf(artifact.kind, artifact.value).filter((state) => isAllowed(artifact, state)),
})).filter(({ states }) => states.length > 0);

/**
 * What goes wrong when the states are written in combination; then they are tried one by one, so that the answer names
 * single states where it can.
 */
export async function stateProblems(
  server: Server,
  artifact: FullArtifact,
  states: readonly State[],
): Promise<Problem[]> {
  const number = counter();
  const failed = await problemsOf(server, artifact, combined(states), number);
  const suspects = states.filter(({ name }) => failed.some((problem) => problem.state.includes(name)));
  const single = await problemsOf(server, artifact, suspects, number);
  return single.length > 0 ? single : failed;
}

/** Numbers that no artifact has yet. */
function counter(): () => number {
  let last = 0;
  return () => (last += 1);
}

/** A state, the step in which the server did not take it, and what it said or showed instead. */
export interface Problem {
  readonly state: string;
  readonly step: string;
  readonly ended: string;
}

async function problemsOf(
  server: Server,
  artifact: FullArtifact,
  states: readonly State[],
  number: () => number,
): Promise<Problem[]> {
  const width = artifact.oneByOne ? 1 : WRITES_AT_A_TIME;
  const found = await mapConcurrently(states, width, (state) => problemOf(server, artifact, state, number()));
  return found.filter((problem) => problem !== undefined);
}

/** The state is made, the rest is added to it, and taken away again: each time the server has to show just that. */
async function problemOf(
  server: Server,
  artifact: FullArtifact,
  state: State,
  number: number,
): Promise<Problem | undefined> {
  const full = numbered(artifact.value, number);
  const partial = valueIn(artifact, state, full);
  let before: LiveArtifact | undefined;
  for (const [step, value] of [
    ['create', partial],
    ['fill', full],
    ['back', partial],
  ] as const) {
    const result = await bring(server, artifact.kind, value, before);
    if (result.ended !== 'same') return { state: state.name, step, ...said(result) };
    before = result.live;
  }
  return undefined;
}

function valueIn(artifact: FullArtifact, state: State, full: JsonObject): JsonObject {
  const value = state.apply(full);
  return artifact.consistent?.(value) ?? value;
}

function isAllowed(artifact: FullArtifact, state: State): boolean {
  return (artifact.kind.check?.(valueIn(artifact, state, artifact.value)) ?? []).length === 0;
}

/** The artifact as it was read back, where it was. */
export function liveIn(result: Result): LiveArtifact | undefined {
  return result.ended === 'refused' ? undefined : result.live;
}

/** What became of a write, in words. */
export function said(result: Result): { ended: string } {
  if (result.ended === 'refused') return { ended: result.why };
  return { ended: result.ended === 'same' ? 'same' : `different in ${result.paths.join(', ')}` };
}
