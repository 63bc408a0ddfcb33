import { artifactText } from '../model/artifact';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind, ReferenceRule } from '../model/kind';
import { patternOf } from '../model/path';
import type { Action, Operation } from '../model/plan';
import { textsAt } from './texts-at';

/** A planned write together with the states that its order follows from. */
export interface Step {
  readonly kind: Kind;
  readonly key: string;
  readonly action: Action;
  readonly desired?: JsonObject;
  readonly live?: JsonObject;
}

/** One reference of an artifact to another. */
export interface Reference {
  readonly kind: string;
  readonly key: string;
  readonly path: string;
  readonly mustExist: boolean;
}

/** Every reference that a canonical value makes by the rules of its kind. */
export function referencesOf(kind: Kind, value: JsonObject | undefined): Reference[] {
  if (!value) return [];
  const rules = kind.references.filter(({ when }) => isMet(when, value));
  return rules.flatMap((rule) =>
    textsAt(value, patternOf(rule.path))
      .filter((key) => key !== '' && !rule.except?.includes(key))
      .map((key) => ({ kind: rule.kind, key, path: rule.path, mustExist: rule.mustExist === true })),
  );
}

function isMet(when: ReferenceRule['when'], value: JsonObject): boolean {
  if (when === undefined) return true;
  const fields = when.field.split('.');
  const found = fields.reduce<Json | undefined>((at, field) => (isObject(at) ? at[field] : undefined), value);
  if ('equals' in when) return found === when.equals;
  return found === undefined || (Array.isArray(found) && found.length === 0);
}

/**
 * What each step has to wait for: creates and updates wait for what they refer to; deletes wait for every change of
 * an artifact that still refers to the deleted one. Result: `kind/key` → list of `kind/key`, sorted.
 */
export function dependencies(steps: readonly Step[]): Map<string, string[]> {
  const writes = new Map(steps.filter((step) => step.action !== 'delete').map((step) => [nameOf(step), step]));
  const deletes = new Set(steps.filter((step) => step.action === 'delete').map(nameOf));
  const waits = new Map<string, Set<string>>(steps.map((step) => [nameOf(step), new Set<string>()]));
  for (const step of steps) {
    for (const reference of referencesOf(step.kind, step.desired)) {
      const target = artifactText(reference);
      if (step.action !== 'delete' && writes.has(target) && target !== nameOf(step))
        waits.get(nameOf(step))?.add(target);
    }
    for (const reference of referencesOf(step.kind, step.live)) {
      const target = artifactText(reference);
      if (deletes.has(target) && target !== nameOf(step)) waits.get(target)?.add(nameOf(step));
    }
  }
  return new Map([...waits].map(([name, targets]) => [name, [...targets].sort()]));
}

function nameOf(step: Step): string {
  return `${step.kind.name}/${step.key}`;
}

/**
 * Operations in an order in which each comes after what it depends on; among free ones, creates and updates first,
 * kinds in the order given, keys by text. A cycle (which the kinds' references do not allow) is cut at its first member.
 */
export function sortOperations(operations: readonly Operation[], kindOrder: readonly string[]): Operation[] {
  const rank = (operation: Operation): number => {
    const position = kindOrder.indexOf(operation.kind);
    return operation.action === 'delete' ? 2 * kindOrder.length - position : position;
  };
  const waiting = [...operations].sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
  const names = new Set(waiting.map(artifactText));
  const done = new Set<string>();
  const sorted: Operation[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((operation) =>
      operation.dependsOn.every((name) => done.has(name) || !names.has(name)),
    );
    const [next] = waiting.splice(Math.max(free, 0), 1);
    if (!next) break;
    done.add(artifactText(next));
    sorted.push(next);
  }
  return sorted;
}
