import { compareCanonical } from '../compare/differences';
import type { Difference } from '../model/difference';
import type { Json, JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { parseLists, valueAt } from '../model/lists';
import { isWithin, matchesPattern, parsePath, patternOf, type Path } from '../model/path';
import { touches } from './classify';
import { settle } from './settle';

/** One side of a comparison of two states. */
export interface Side {
  readonly value: JsonObject;
  readonly unknownSecrets: readonly string[];
  readonly confidential: readonly string[];
  /** The side is files: a field that the server chooses and that is absent says nothing. */
  readonly fromFiles: boolean;
}

export interface NotCompared {
  readonly path: string;
  readonly why: string;
}

export interface Compared {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
}

/**
 * What turns the left canonical state into the right one, without what cannot be known or is owned by somebody else.
 * Files against a server is what a plan and a drift report say about them (`settle`), so that none of them calls equal
 * what another one does not.
 */
export function compareSides(kind: Kind, left: Side, right: Side, ignored: readonly Path[]): Compared {
  if (left.fromFiles === right.fromFiles) return compareAlike(kind, left, right, ignored);
  const [live, files] = left.fromFiles ? [right, left] : [left, right];
  const { differences, left: notCompared } = settle(kind, live.value, files.value, {
    ignored,
    unknownSecrets: files.unknownSecrets,
    confidential: live.confidential,
  });
  return { differences: left.fromFiles ? differences.map(reversed) : differences, notCompared };
}

const UNAVAILABLE = 'the secret is not available here';

/** Two servers, or the files rendered for two environments. */
function compareAlike(kind: Kind, left: Side, right: Side, ignored: readonly Path[]): Compared {
  const unknown = [...left.unknownSecrets, ...right.unknownSecrets].map((path) => parsePath(path));
  const all = compareCanonical(kind, left.value, right.value, [...left.confidential, ...right.confidential]);
  const notCompared: NotCompared[] = [];
  const differences = all.filter((difference) => {
    const path = parsePath(difference.path);
    if (ignored.some((pattern) => isWithin(path, pattern)) || unsaid(kind, difference, path, left, right)) return false;
    if (!unknown.some((secret) => isWithin(secret, path))) return true;
    notCompared.push({ path: difference.path, why: UNAVAILABLE });
    return false;
  });
  return { differences, notCompared };
}

function reversed({ path, change, from, to, secret }: Difference): Difference {
  const turned = change === 'add' ? 'remove' : change === 'remove' ? 'add' : 'change';
  const shown: { -readonly [field in keyof Difference]: Difference[field] } = { path, change: turned };
  if (to !== undefined) shown.from = to;
  if (from !== undefined) shown.to = from;
  return secret ? { ...shown, secret } : shown;
}

function unsaid(kind: Kind, difference: Difference, path: Path, left: Side, right: Side): boolean {
  const absent = (difference.change === 'remove' && right.fromFiles) || (difference.change === 'add' && left.fromFiles);
  return absent && kind.chosenByServer.some((pattern) => matchesPattern(parsePath(pattern), path));
}

/** A server, and what the files say that it has. */
export interface ServerAndFiles {
  readonly live: Side;
  readonly desired: Side;
}

/** Differences between two servers by what accounts for them. */
export interface Accounted {
  /** Nothing accounts for them. */
  readonly shown: readonly Difference[];
  /** A placeholder or an override of the files gives both servers the value that they have. */
  readonly byFiles: readonly Difference[];
  /** Each server made the value itself, and the files leave it to them. */
  readonly byServers: readonly Difference[];
  /** A secret that is not available here would tell. */
  readonly notCompared: readonly NotCompared[];
}

/**
 * Sorts the differences between two servers by what accounts for them. `byVariables` are the differences of the files
 * rendered for both environments as for one release: what placeholders and overrides make. A server that is not as the
 * files say is never accounted for.
 */
export function accountFor(
  kind: Kind,
  differences: readonly Difference[],
  byVariables: readonly Difference[],
  left: ServerAndFiles,
  right: ServerAndFiles,
): Accounted {
  const moved = [...notAsFilesSay(kind, left), ...notAsFilesSay(kind, right)];
  const given = byVariables.map(({ path }) => path);
  const secrets = [...left.desired.unknownSecrets, ...right.desired.unknownSecrets];
  const pins = [left, right].map(({ desired }) => desired.value);
  const found = { shown: [], byFiles: [], byServers: [], notCompared: [] } as {
    -readonly [group in keyof Accounted]: Accounted[group][number][];
  };
  for (const difference of differences) {
    const { path } = difference;
    if (touches(path, moved)) found.shown.push(difference);
    else if (touches(path, given)) found.byFiles.push(difference);
    else if (touches(path, secrets)) found.notCompared.push({ path, why: UNAVAILABLE });
    else if (isGenerated(kind, path, pins)) found.byServers.push(difference);
    else found.shown.push(difference);
  }
  return found;
}

/** Paths at which a server has something else than its files say, as far as that can be known. */
function notAsFilesSay(kind: Kind, { live, desired }: ServerAndFiles): string[] {
  const { unknownSecrets } = desired;
  const { differences, left } = settle(kind, live.value, desired.value, {
    ignored: [],
    unknownSecrets,
    confidential: live.confidential,
  });
  return [...differences, ...left].map(({ path }) => path).filter((path) => !touches(path, unknownSecrets));
}

/** True where each server makes the value and no file says what it is to be. */
function isGenerated(kind: Kind, text: string, files: readonly Json[]): boolean {
  const path = parsePath(text);
  const lists = parseLists(kind.lists);
  return (
    (kind.generated ?? []).some((pattern) => matchesPattern(patternOf(pattern), path)) &&
    files.every((value) => valueAt(value, path, lists) === undefined)
  );
}
