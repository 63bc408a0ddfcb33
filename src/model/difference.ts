import type { Json } from './json';

/** One change at one path between two canonical forms. */
export interface Difference {
  readonly path: string;
  readonly change: 'add' | 'remove' | 'change';
  /** Absent for `add`, and for secrets: their values never leave the comparison. */
  readonly from?: Json;
  /** Absent for `remove`, and for secrets. */
  readonly to?: Json;
  readonly secret?: true;
}
