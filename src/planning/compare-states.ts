import { compareCanonical } from '../compare/differences';
import type { Difference } from '../model/difference';
import { equalJson, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { isWithin, matchesPattern, parsePath, type Path } from '../model/path';

/** One side of a comparison of two states. */
export interface Side {
  readonly value: JsonObject;
  readonly unknownSecrets: readonly string[];
  readonly confidential: readonly string[];
  /** The side is files: a field that the server chooses and that is absent says nothing. */
  readonly fromFiles: boolean;
}

/** Differences of two canonical states, without what cannot be known or is owned by somebody else. */
export function compareSides(
  kind: Kind,
  left: Side,
  right: Side,
  ignored: readonly Path[],
): { differences: Difference[]; notCompared: string[] } {
  const unknown = [...left.unknownSecrets, ...right.unknownSecrets].map((path) => parsePath(path));
  const all = compareCanonical(kind, left.value, right.value, [...left.confidential, ...right.confidential]);
  const notCompared: string[] = [];
  const differences = all.filter((difference) => {
    const path = parsePath(difference.path);
    if (ignored.some((pattern) => isWithin(path, pattern)) || unsaid(kind, difference, path, left, right)) return false;
    if (!unknown.some((secret) => isWithin(secret, path))) return true;
    notCompared.push(difference.path);
    return false;
  });
  return { differences, notCompared };
}

function unsaid(kind: Kind, difference: Difference, path: Path, left: Side, right: Side): boolean {
  const absent = (difference.change === 'remove' && right.fromFiles) || (difference.change === 'add' && left.fromFiles);
  return absent && kind.chosenByServer.some((pattern) => matchesPattern(parsePath(pattern), path));
}

/**
 * Differences between two servers that the files do not account for: a difference is accounted for when rendering the
 * files for either environment gives the very same one, or when its value is the server's own choice.
 */
export function unexplained(
  kind: Kind,
  differences: readonly Difference[],
  explained: readonly Difference[],
  secretPaths: readonly string[],
): Difference[] {
  const known = new Map(explained.map((difference) => [difference.path, difference]));
  return differences.filter((difference) => {
    if (difference.secret && secretPaths.includes(difference.path)) return false;
    const expected = known.get(difference.path);
    if (!expected) return !isChosen(kind, difference, explained);
    return !(difference.secret || (equalJson(expected.from, difference.from) && equalJson(expected.to, difference.to)));
  });
}

/** A generated id or secret differs between servers by nature, as long as no file pins it. */
function isChosen(kind: Kind, difference: Difference, explained: readonly Difference[]): boolean {
  const path = parsePath(difference.path);
  const chosen = kind.chosenByServer.some((pattern) => matchesPattern(parsePath(pattern), path));
  return chosen && difference.change === 'change' && !explained.some((other) => other.path === difference.path);
}
