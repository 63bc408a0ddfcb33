import { compareCanonical } from '../compare/differences';
import type { Difference } from '../model/difference';
import type { JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { isWithin, parsePath } from '../model/path';
import type { DriftClass } from '../model/plan';
import type { DriftDifference } from '../model/report';

/**
 * Says for each difference between live and desired who moved away from the baseline (design, section 1):
 * drift = the server, pending = the files, conflict = both. Without a baseline everything is drift.
 * All states are canonical; undefined means that the artifact does not exist in that state.
 */
export function classify(
  kind: Kind,
  differences: readonly Difference[],
  states: { baseline: JsonObject | undefined; live: JsonObject; desired: JsonObject },
): DriftDifference[] {
  const { baseline, live, desired } = states;
  if (!baseline) return differences.map((difference) => ({ ...difference, class: 'drift' }));
  const server = compareCanonical(kind, baseline, live).map((difference) => difference.path);
  const files = compareCanonical(kind, baseline, desired).map((difference) => difference.path);
  return differences.map((difference) => ({ ...difference, class: classOf(difference.path, server, files) }));
}

function classOf(path: string, server: readonly string[], files: readonly string[]): DriftClass {
  const moved = touches(path, server);
  const changed = touches(path, files);
  if (moved && changed) return 'conflict';
  return changed ? 'pending' : 'drift';
}

/** True when one of the other keyed paths is at, above or below the path. */
export function touches(path: string, others: readonly string[]): boolean {
  const own = parsePath(path);
  return others.some((text) => {
    const other = parsePath(text);
    return isWithin(own, other) || isWithin(other, own);
  });
}

/** The class of an artifact that exists on one side only. */
export function classOfPresence(presence: { baseline: boolean; live: boolean; desired: boolean }): DriftClass {
  const serverMoved = presence.baseline !== presence.live;
  const filesMoved = presence.baseline !== presence.desired;
  if (serverMoved && filesMoved) return 'conflict';
  return filesMoved ? 'pending' : 'drift';
}

/** The class of a whole finding: the gravest of its differences. */
export function gravest(classes: readonly DriftClass[]): DriftClass {
  if (classes.includes('conflict')) return 'conflict';
  return classes.includes('drift') ? 'drift' : 'pending';
}
