import type { ArtifactName } from './artifact';
import type { Difference } from './difference';
import type { Problem } from './problem';

export type Action = 'create' | 'update' | 'delete';

/** One planned write: which artifact, what changes, why, by which calls, after which others. */
export interface Operation extends ArtifactName {
  readonly action: Action;
  readonly reason: string;
  readonly differences: readonly Difference[];
  /** Calls in order, such as `PATCH applications/{id}`. */
  readonly requests: readonly string[];
  /** `kind/key` of operations that must be done first. */
  readonly dependsOn: readonly string[];
  /** Digests of the two states that the operation was planned on, secrets left out; absent side = no artifact. */
  readonly fingerprint: { readonly live?: string; readonly desired?: string };
}

/** Something that the plan leaves alone on purpose, and why. */
export interface Remark extends ArtifactName {
  readonly path?: string;
  readonly why: string;
}

/** The ordered operations that turn live into desired for one environment. Plain data; holds no secret value. */
export interface Plan {
  readonly format: 1;
  readonly environment: string;
  readonly product: string;
  readonly version: string;
  readonly operations: readonly Operation[];
  /** Number of artifacts that are as they should be. */
  readonly unchanged: number;
  /** Protected or excluded artifacts that differ, with the reason why they are left alone. */
  readonly skipped: readonly Remark[];
  /** Differences that no API can carry, or secrets that are not known here. */
  readonly notCarried: readonly Remark[];
  /** Applied or exported once, the file deleted since, and still on the server: deleted with --prune. */
  readonly awaitingPrune: readonly ArtifactName[];
  /** On the server and, as far as is known, never in a file; deleted only with --prune. */
  readonly unmanaged: readonly ArtifactName[];
  readonly problems: readonly Problem[];
}

export type OutcomeStatus = 'done' | 'unchanged' | 'skipped' | 'failed';

/** How one artifact ended in a run. */
export interface Outcome extends ArtifactName {
  readonly status: OutcomeStatus;
  readonly action?: Action;
  /** Why it was skipped, what failed, or what else is to be told. */
  readonly reason?: string;
}

/** Result of applying a plan. */
export interface RunResult {
  readonly run: string;
  readonly environment: string;
  readonly outcomes: readonly Outcome[];
  readonly writes: number;
}

/** Three-way classification of one difference (design, section 1). */
export type DriftClass = 'drift' | 'pending' | 'conflict';
