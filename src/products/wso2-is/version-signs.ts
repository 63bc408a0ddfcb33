import type { VersionSign } from '../product';
import { API } from './paths';

const LOCAL_CLAIMS = [...API, 'claim-dialects', 'local', 'claims'];

/**
 * No API tells the version (reference §1.7), but some paths and fields tell from which one on a server is (reference §4).
 * None came between 5.11 and 7.0 that a client for these kinds may read.
 */
export const VERSION_SIGNS: readonly VersionSign[] = [
  { since: '7.0', path: [...API, 'api-resources'], query: { limit: 1 } },
  { since: '7.1', path: [...API, 'authorization-details-types'] },
  { since: '7.2', path: LOCAL_CLAIMS, field: 'dataType' },
  { since: '7.3', path: LOCAL_CLAIMS, field: 'managedInUserStore' },
];
