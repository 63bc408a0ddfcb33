import { EXPLAINED, type Explained } from './explained';
import type { Found } from './run';

/** What a table explains of the differences that were found. */
export interface Explanation {
  readonly unexplained: readonly Found[];
  /** For each row of the table, the number of exchanges in which it explained a difference. */
  readonly exchanges: readonly number[];
}

/** Holds differences against a table. Only a different value of a field that both answers have can be explained. */
export function explanationOf(found: readonly Found[], table: readonly Explained[] = EXPLAINED): Explanation {
  const unexplained = found.filter((difference) => !table.some((row) => explains(row, difference)));
  const exchanges = table.map((row) => {
    const seen = found.filter((difference) => explains(row, difference));
    return new Set(seen.map(({ release, step }) => `${release} ${step.name}`)).size;
  });
  return { unexplained, exchanges };
}

function explains({ methods, path, field, releases }: Explained, found: Found): boolean {
  if (found.kind !== 'value' || found.field !== field || field === 'error.code') return false;
  return methods.includes(found.step.method) && releases.includes(found.release) && isUnder(found.path, path);
}

function isUnder(path: string, pattern: string): boolean {
  if (!pattern.endsWith('/…')) return path === pattern;
  const top = pattern.slice(0, -2);
  return path === top || path.startsWith(`${top}/`);
}

const MOST_SHOWN = 40;

/** Differences as lines for a person, those of the same field of the same operation together. */
export function report(differences: readonly Found[]): string {
  const groups = new Map<string, Found[]>();
  for (const difference of differences) {
    const { kind, step, path, field } = difference;
    const key = `${kind}: ${step.method} ${path} ${field}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  const lines = [...groups].map(([key, all]) => `${key} (${all.length})\n${all.slice(0, 3).map(example).join('\n')}`);
  const more = lines.length > MOST_SHOWN ? [`… and ${lines.length - MOST_SHOWN} more`] : [];
  return [...lines.slice(0, MOST_SHOWN), ...more].join('\n');
}

function example({ release, step, real, sandbox }: Found): string {
  return `    ${release}, ${step.name}\n      real    ${brief(real)}\n      sandbox ${brief(sandbox)}`;
}

function brief(value: unknown): string {
  return (value === undefined ? '(absent)' : JSON.stringify(value)).slice(0, 300);
}
