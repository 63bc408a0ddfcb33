import type { ArtifactName } from './artifact';
import type { Place, Problem } from './problem';

/** Why another tool would have sent something else than was meant. */
export type CorruptionReason =
  | 'text-cut'
  | 'text-injected'
  | 'text-unreadable'
  | 'text-changed'
  | 'text-retyped'
  | 'order-by-chance'
  | 'keyword-not-set'
  | 'process-variable-not-set'
  | 'value-not-text'
  | 'type-lost'
  | 'list-joined'
  | 'config-unreadable'
  | 'mask-sent'
  | 'excluded-here';

/** One place where the workspace deliberately says something else than the other tool would have sent. */
export interface ConversionDifference {
  readonly reason: CorruptionReason;
  readonly environment: string;
  readonly place: Place;
  /** `kind/key`; absent where a whole file or environment is concerned. */
  readonly artifact?: string;
  readonly path?: string;
  readonly keywords: readonly string[];
  /** What the other tool would have sent; secrets are hidden. */
  readonly sent: string;
  /** What is sent from now on. */
  readonly sends: string;
  readonly why: string;
}

/** A secret that the files of the other tool hold in clear or masked, and that the workspace only names. */
export interface ConversionSecret {
  readonly name: string;
  readonly artifact?: string;
  readonly path?: string;
  /** Where it stood. */
  readonly source: string;
  /** The process variable of each environment that provides it. */
  readonly variables: readonly { readonly environment: string; readonly name: string }[];
}

export interface ConvertedArtifact extends ArtifactName {
  readonly source: string;
  /** Absent for one that could not be carried over. */
  readonly file?: string;
  readonly problem?: string;
}

/** What became of a folder made for another tool. */
export interface ConversionReport {
  readonly environments: readonly string[];
  readonly artifacts: readonly ConvertedArtifact[];
  readonly differences: readonly ConversionDifference[];
  readonly secrets: readonly ConversionSecret[];
  /** Process variables that sign in to the servers. */
  readonly credentials: readonly { readonly environment: string; readonly name: string; readonly source: string }[];
  readonly notTaken: readonly { readonly source: string; readonly why: string }[];
  readonly problems: readonly Problem[];
}
