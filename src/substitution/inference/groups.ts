import { artifactText } from '../../model/artifact';
import type { JsonObject } from '../../model/json';
import { accept, type Accepted, type Acceptance, type Templated } from './accept';
import {
  environmentOnly,
  inferProposals,
  type Alignment,
  type Inference,
  type InferenceInput,
  type Proposal,
} from './proposals';

/** Artifacts that exist in the same environments: their differences are looked at together. */
export interface Group {
  /** Positions of those environments. */
  readonly positions: readonly number[];
  readonly artifacts: readonly Alignment[];
  readonly inference: Inference;
}

/**
 * Infers proposals for artifacts of which not all exist in every environment. Those that exist everywhere come first; a
 * variable found there is used again where its values fit. Proposals have one value for each environment. Pure.
 */
export function inferGroups(input: InferenceInput): { groups: readonly Group[]; proposals: readonly Proposal[] } {
  const byPresence = new Map<string, { positions: number[]; artifacts: Alignment[] }>();
  for (const artifact of input.artifacts) {
    const positions = artifact.values.flatMap((value, index) => (value === undefined ? [] : [index]));
    const group = byPresence.get(positions.join()) ?? { positions, artifacts: [] };
    group.artifacts.push(artifact);
    byPresence.set(positions.join(), group);
  }
  const sorted = [...byPresence.values()].sort((a, b) => b.positions.length - a.positions.length);
  const variables = input.variables.map((own): JsonObject => ({ ...own }));
  const found = sorted.map((group) => inferred(group, input.environments, variables));
  return { groups: found.map(({ group }) => group), proposals: found.flatMap(({ proposals }) => proposals) };
}

function inferred(
  { positions, artifacts }: { positions: readonly number[]; artifacts: readonly Alignment[] },
  environments: readonly string[],
  variables: JsonObject[],
): { group: Group; proposals: Proposal[] } {
  const at = <T>(all: readonly T[]): T[] => positions.map((position) => all[position] as T);
  const own = artifacts.map((artifact) => ({ ...artifact, values: at(artifact.values) }));
  const inference = inferProposals({ environments: at(environments), artifacts: own, variables: at(variables) });
  for (const { type, name, values } of inference.proposals) {
    if (type !== 'variable' || name === undefined) continue;
    positions.forEach((position, index) => {
      const value = values[index];
      const held = variables[position];
      if (held && value !== undefined) held[name] = value;
    });
  }
  const proposals = inference.proposals.map((proposal) => spread(proposal, positions, environments.length));
  const isEverywhere = positions.length === environments.length;
  const only = isEverywhere ? [] : artifacts.map((artifact) => environmentOnly(artifact, environments));
  return { group: { positions, artifacts: own, inference }, proposals: [...proposals, ...only] };
}

function spread(proposal: Proposal, positions: readonly number[], length: number): Proposal {
  if (proposal.values.length === 0) return proposal;
  const values = Array.from({ length }, (_, index) => proposal.values[positions.indexOf(index)]);
  return { ...proposal, values };
}

/** Turns what was accepted of all groups into templates, variables and overrides of each environment. Pure. */
export function acceptGroups(
  groups: readonly Group[],
  accepted: readonly Accepted[],
  environments: readonly string[],
  without: ReadonlySet<string> = new Set(),
): Acceptance {
  const artifacts: Templated[] = [];
  const variables = environments.map((): Record<string, JsonObject[string]> => ({}));
  const overrides = environments.map((): Record<string, JsonObject> => ({}));
  const names = renamed(groups, accepted);
  for (const { positions, artifacts: all, inference } of groups) {
    const own = all.filter((artifact) => !without.has(artifactText(artifact)));
    const result = accept(
      own,
      inference,
      names,
      positions.map((position) => environments[position] ?? ''),
    );
    for (const { base, ...rest } of result.artifacts) artifacts.push({ ...rest, base: positions[base] ?? 0 });
    positions.forEach((position, index) => {
      Object.assign(variables[position] ?? {}, result.variables[index]);
      Object.assign(overrides[position] ?? {}, result.overrides[index]);
    });
  }
  return { artifacts, variables, overrides };
}

/** A variable that one group took over from another follows when the user names that one differently. */
function renamed(groups: readonly Group[], accepted: readonly Accepted[]): readonly Accepted[] {
  const proposals = groups.flatMap(({ inference }) => inference.proposals);
  const chosen = new Map<string, string>();
  for (const { id, name } of accepted) {
    const original = proposals.find((proposal) => proposal.id === id);
    if (
      original?.type === 'variable' &&
      original.isExisting !== true &&
      original.name !== undefined &&
      name !== undefined
    )
      chosen.set(original.name, name);
  }
  return accepted.map((each) => {
    const proposal = proposals.find(({ id }) => id === each.id);
    const name = proposal?.isExisting === true ? chosen.get(proposal.name ?? '') : undefined;
    return name === undefined ? each : { ...each, name };
  });
}
