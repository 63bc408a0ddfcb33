import { compareCanonical, secretTest } from '../compare/differences';
import type { Difference } from '../model/difference';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { forEachLeaf, identitiesOf, listRuleAt, parseLists, valueAt, withValueAt } from '../model/lists';
import { formatPath, isField, isWithin, matchesPattern, parsePath, patternOf, type Path } from '../model/path';

/** What must not lead to a write, besides the kind's own rules. */
export interface LeaveAlone {
  /** Patterns of fields that somebody else owns (`ignore` in liftlock.yaml). */
  readonly ignored: readonly Path[];
  /** Keyed paths whose secret is not available here. */
  readonly unknownSecrets: readonly string[];
  /** Keyed paths that the server declares confidential. */
  readonly confidential: readonly string[];
}

/** Desired after everything that cannot or must not change has been taken over from live. */
export interface Settled {
  readonly desired: JsonObject;
  readonly differences: readonly Difference[];
  /** Differences that stay, and why. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
}

/** What is done about a difference that must not be written. */
interface Verdict {
  /** Take live's value over, so that a full replace sends back what is there. */
  readonly adopt: boolean;
  readonly why?: string;
}

/**
 * Compares live with desired (both canonical) and takes over from live what no call may change: fields chosen by the
 * server, immutable ones, secrets that are unknown here or hidden by the server, ignored paths. Pure.
 */
export function settle(kind: Kind, live: JsonObject, desired: JsonObject, alone: LeaveAlone): Settled {
  const lists = parseLists(kind.lists);
  const left: { path: string; why: string }[] = [];
  const hidden = new Set<string>();
  let settled = desired;
  let found = compareCanonical(kind, live, desired, alone.confidential);
  for (const difference of found) {
    const path = parsePath(difference.path);
    const verdict = verdictOn(kind, difference, path, alone, settled);
    if (!verdict) continue;
    if (verdict.why !== undefined) left.push({ path: difference.path, why: verdict.why });
    if (!verdict.adopt) hidden.add(difference.path);
    else settled = adopt(settled, live, path, lists);
  }
  if (settled !== desired) found = compareCanonical(kind, live, settled, alone.confidential);
  return { desired: settled, differences: found.filter(({ path }) => !hidden.has(path)), left };
}

const UNKNOWN = 'the secret is not available here, so it was not compared; the server keeps what it has';
const HIDDEN = 'the server does not show this secret, so it was not compared';

function verdictOn(
  kind: Kind,
  difference: Difference,
  path: Path,
  alone: LeaveAlone,
  desired: JsonObject,
): Verdict | undefined {
  const at = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesPattern(patternOf(pattern), path));
  if (alone.ignored.some((pattern) => isWithin(path, pattern))) return { adopt: true };
  const immutable = kind.immutable.find(
    (rule) => (rule.only ?? difference.change) === difference.change && matchesPattern(patternOf(rule.path), path),
  );
  if (alone.unknownSecrets.some((unknown) => isWithin(parsePath(unknown), path) || unknown === difference.path)) {
    if (difference.change === 'add' && !isOnlyName(kind, path, desired)) return undefined;
    return immutable ? { adopt: true } : { adopt: true, why: UNKNOWN };
  }
  if (difference.change === 'remove' && at(kind.chosenByServer)) return { adopt: true };
  if (difference.change === 'add' && saysNothing(kind, path, desired)) return { adopt: true };
  if (difference.change === 'add' && allSecret(kind, path, desired, alone)) return { adopt: false, why: HIDDEN };
  return immutable ? { adopt: true, why: immutable.why } : undefined;
}

/** True when an element is nothing but its name: without a secret, or another value, there is nothing to add. */
function isOnlyName(kind: Kind, path: Path, desired: JsonObject): boolean {
  const lists = parseLists(kind.lists);
  const last = path.at(-1);
  if (!last || isField(last)) return false;
  const identity = listRuleAt(lists, path.slice(0, -1))?.identity ?? [];
  const value = valueAt(desired, path, lists);
  return isObject(value) && Object.keys(value).every((field) => identity.includes(field));
}

/**
 * True when an element, or each of a list, is nothing but its name and what it would hold is left to the server: where
 * that has nothing there is nothing to add.
 */
function saysNothing(kind: Kind, path: Path, desired: JsonObject): boolean {
  const lists = parseLists(kind.lists);
  const value = valueAt(desired, path, lists);
  if (Array.isArray(value)) {
    const items = identitiesOf(value, listRuleAt(lists, path));
    return items.length > 0 && items.every((item) => saysNothing(kind, [...path, { item }], desired));
  }
  const isLeftToServer = kind.chosenByServer.some((text) => {
    const pattern = patternOf(text);
    return pattern.length === path.length + 1 && matchesPattern(pattern.slice(0, -1), path);
  });
  return isLeftToServer && isOnlyName(kind, path, desired);
}

/** True when everything below the path is secret: the element itself is there, only its secret is not shown. */
function allSecret(kind: Kind, path: Path, desired: JsonObject, alone: LeaveAlone): boolean {
  const lists = parseLists(kind.lists);
  const isSecret = secretTest(kind, alone.confidential);
  const value = valueAt(desired, path, lists);
  if (value === undefined) return false;
  let every = true;
  forEachLeaf(value, lists, (leaf) => (every &&= isSecret([...path, ...leaf])));
  return every;
}

function adopt(desired: JsonObject, live: JsonObject, path: Path, lists: ReturnType<typeof parseLists>): JsonObject {
  const value: Json | undefined = valueAt(live, path, lists);
  const adopted = withValueAt(desired, path, value, lists);
  return adopted === undefined ? desired : (adopted as JsonObject);
}

/** Fields that a file sets and a server of this version does not have: named in the plan, not sent. */
export function fieldsNotHeld(
  kind: Kind,
  minimal: JsonObject,
  holds: (since: string) => boolean,
): { path: string; why: string }[] {
  return kind.fieldsSince
    .filter((field) => !holds(field.since))
    .flatMap((field) =>
      pathsAt(minimal, patternOf(field.path), kind).map((path) => ({
        path,
        why: `it needs server version ${field.since}`,
      })),
    );
}

function pathsAt(value: JsonObject, pattern: Path, kind: Kind): string[] {
  const lists = parseLists(kind.lists);
  const found = new Set<string>();
  forEachLeaf(value, lists, (path) => {
    if (isWithin(path, pattern)) found.add(formatPath(path.slice(0, pattern.length)));
  });
  return [...found];
}
