import { artifactText, type ArtifactName } from '../model/artifact';
import type { JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { patternOf } from '../model/path';
import type { Step } from './order';
import { textsAt } from './texts-at';

/** A value that a server lets only one artifact have, as one artifact has it. */
export interface UniqueValue {
  /** The same for the same value of the same rule. */
  readonly id: string;
  readonly what: string;
  readonly path: string;
  readonly text: string;
}

/** The unique values of a canonical artifact by the rules of its kind. */
export function uniqueValuesOf(kind: Pick<Kind, 'unique'>, value: JsonObject | undefined): UniqueValue[] {
  if (!value) return [];
  return (kind.unique ?? []).flatMap(({ what, path, within = [] }) => {
    const scope = within.flatMap((field) => textsAt(value, patternOf(field)));
    return textsAt(value, patternOf(path))
      .filter((text) => text !== '')
      .map((text) => ({ id: JSON.stringify([what, text, ...scope]), what, path, text }));
  });
}

/** An artifact with the unique values that it has. */
export interface Holder extends ArtifactName {
  readonly values: readonly UniqueValue[];
}

/** Values that several artifacts have, each with those that have it, in the order given. */
export function duplicateValues(holders: readonly Holder[]): { value: UniqueValue; holders: ArtifactName[] }[] {
  const found = new Map<string, { value: UniqueValue; holders: ArtifactName[] }>();
  for (const { kind, key, values } of holders) {
    for (const value of values) {
      const entry = found.get(value.id) ?? { value, holders: [] };
      if (!entry.holders.some((other) => artifactText(other) === artifactText({ kind, key })))
        entry.holders.push({ kind, key });
      found.set(value.id, entry);
    }
  }
  return [...found.values()].filter(({ holders: all }) => all.length > 1);
}

/** A planned write that takes over a value which another artifact of the server has. */
export interface Takeover {
  readonly taker: ArtifactName;
  readonly holder: ArtifactName;
  readonly value: UniqueValue;
  /** What becomes of it: the plan deletes the holder, gives it another value, or leaves it with this one. */
  readonly holderIs: 'deleted' | 'changed' | 'kept';
}

/** What the writes of a plan take from artifacts of the server; `live` is what these have, as far as they were read. */
export function takeovers(steps: readonly Step[], live: readonly Holder[]): Takeover[] {
  const holders = new Map<string, Holder>();
  for (const holder of live) for (const { id } of holder.values) holders.set(id, holder);
  const planned = new Map(steps.map((step) => [nameOf(step), step]));
  return steps.flatMap((step) =>
    newValues(step).flatMap((value): Takeover[] => {
      const holder = holders.get(value.id);
      if (!holder || artifactText(holder) === nameOf(step)) return [];
      const other = planned.get(artifactText(holder));
      const kept = other && uniqueValuesOf(other.kind, other.desired).some(({ id }) => id === value.id);
      const holderIs = other?.action === 'delete' ? 'deleted' : other && !kept ? 'changed' : 'kept';
      return [{ taker: { kind: step.kind.name, key: step.key }, holder, value, holderIs }];
    }),
  );
}

/** The values that a write brings in. */
export function newValues(step: Step): UniqueValue[] {
  if (step.action === 'delete') return [];
  const before = new Set(uniqueValuesOf(step.kind, step.live).map(({ id }) => id));
  return uniqueValuesOf(step.kind, step.desired).filter(({ id }) => !before.has(id));
}

/** Takeovers that wait for each other in a circle: none of them can come first. */
export function circlesOf(all: readonly Takeover[]): Takeover[] {
  const waits = new Map<string, string[]>();
  for (const { taker, holder } of all)
    waits.set(artifactText(taker), [...(waits.get(artifactText(taker)) ?? []), artifactText(holder)]);
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>();
    const open = [from];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === to) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(waits.get(name) ?? []));
    }
    return false;
  };
  return all.filter(({ taker, holder }) => reaches(artifactText(holder), artifactText(taker)));
}

function nameOf(step: Step): string {
  return artifactText({ kind: step.kind.name, key: step.key });
}
