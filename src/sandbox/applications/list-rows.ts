import { isAtLeast, type Version } from '../versions';
import type { ApplicationRecord } from './record';

/**
 * Whether the release finds and counts applications in a table joined with their inbound protocols: 6.0 and 6.1 do
 * (`LOAD_APP_COUNT_BY_TENANT_AND_FILTER` of application.mgt 5.23.8 and 5.25.92), 5.11 does not (5.18.187), and 7.0
 * counts an application once again. The list without a filter is not joined in any of them.
 */
export function joinsProtocols(version: Version): boolean {
  return isAtLeast(version, '6.0') && !isAtLeast(version, '7.0');
}

/** A list stays the same one as long as nothing changes, so its rows are counted once. */
const counted = new WeakMap<readonly ApplicationRecord[], number>();

/** How many rows the joined table has: one per inbound protocol, and one for an application without any. */
export function numberOfRows(applications: readonly ApplicationRecord[]): number {
  const known = counted.get(applications);
  if (known !== undefined) return known;
  const count = applications.reduce((sum, { inbound }) => sum + Math.max(1, Object.keys(inbound).length), 0);
  counted.set(applications, count);
  return count;
}

/** The application once for each of its rows that passes the test; a row has the key of one protocol only. */
export function matchingRows(
  application: ApplicationRecord,
  test: (row: ApplicationRecord) => boolean,
): ApplicationRecord[] {
  const protocols = Object.entries(application.inbound);
  const rows =
    protocols.length === 0
      ? [application]
      : protocols.map(([protocol, settings]) => ({ ...application, inbound: { [protocol]: settings } }));
  return rows.filter(test).map(() => application);
}
