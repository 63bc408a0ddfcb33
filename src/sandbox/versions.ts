/** The server releases that the sandbox can stand in for, oldest first; `next` is the development line after 7.3. */
export const VERSIONS = ['5.11', '6.0', '6.1', '7.0', '7.1', '7.2', '7.3', 'next'] as const;
export type Version = (typeof VERSIONS)[number];

/** From which and up to which release something exists; both ends belong to the range. */
export interface Gate {
  readonly since?: Version;
  readonly until?: Version;
}

const position = new Map<Version, number>(VERSIONS.map((version, index) => [version, index]));

function age(version: Version): number {
  return position.get(version) ?? 0;
}

/** True when `version` is `since` or newer. */
export function isAtLeast(version: Version, since: Version): boolean {
  return age(version) >= age(since);
}

/** True when a field or route with this gate exists in `version` (reference §4). */
export function existsIn(version: Version, gate: Gate): boolean {
  if (gate.since !== undefined && age(version) < age(gate.since)) return false;
  return gate.until === undefined || age(version) <= age(gate.until);
}
