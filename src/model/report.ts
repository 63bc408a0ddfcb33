import type { ArtifactName } from './artifact';
import type { Json } from './json';
import type { Difference } from './difference';
import type { Action, DriftClass, Outcome, Remark } from './plan';
import type { Problem } from './problem';

/** What an export did to one file. Paths are relative to the workspace. */
export interface ExportedFile extends ArtifactName {
  readonly file: string;
  readonly change: 'created' | 'updated' | 'unchanged' | 'removed';
}

export interface ExportReport {
  readonly format: 1;
  readonly environment: string;
  readonly files: readonly ExportedFile[];
  readonly skipped: readonly Remark[];
  readonly problems: readonly Problem[];
  /** Set when --commit made one. */
  readonly commit?: string;
}

/** How one artifact differs between two states. `left-only`: it is missing on the right. */
export interface ArtifactDifference extends ArtifactName {
  readonly presence: 'both' | 'left-only' | 'right-only';
  readonly differences: readonly Difference[];
}

export interface DiffReport {
  readonly format: 1;
  readonly left: string;
  readonly right: string;
  readonly artifacts: readonly ArtifactDifference[];
  /** Artifacts without any difference. */
  readonly unchanged: number;
  /** Differences that are not shown, and artifacts that have no other ones. */
  readonly notShown: {
    readonly artifacts: number;
    /** Between two servers: what placeholders and overrides of the files give. */
    readonly byFiles: number;
    /** Between two servers: values that each of them made itself. */
    readonly byServers: number;
  };
  /** Fields that could not be compared, such as secrets that are not known here. */
  readonly notCompared: readonly Remark[];
  readonly problems: readonly Problem[];
}

/** A difference with its side: who moved away from the baseline (design, section 1). */
export interface DriftDifference extends Difference {
  readonly class: DriftClass;
}

export interface DriftFinding extends ArtifactName {
  /** Stable across runs, for de-duplication by CI: environment, artifact and path, digested. */
  readonly id: string;
  readonly class: DriftClass;
  readonly presence: 'changed' | 'missing-on-server' | 'missing-in-files';
  readonly differences: readonly DriftDifference[];
  /** Where the artifact stands in the workspace, if it does. */
  readonly file?: string;
}

export interface DriftReport {
  readonly format: 1;
  readonly environments: readonly {
    readonly environment: string;
    /** The commit of the applied ref; absent when nothing was applied yet, then all is compared with the files. */
    readonly baseline?: string;
    readonly findings: readonly DriftFinding[];
    readonly unchanged: number;
    readonly unmanaged: readonly ArtifactName[];
    readonly notCompared: readonly Remark[];
    readonly problems: readonly Problem[];
  }[];
}

/** One line of `env check`. */
export interface CheckItem {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly detail: string;
  readonly hint?: string;
}

export interface CheckReport {
  readonly format: 1;
  readonly environments: readonly { readonly environment: string; readonly items: readonly CheckItem[] }[];
}

/** How a plan fared on a copy of its environment. */
export interface RehearsalReport {
  readonly format: 1;
  readonly environment: string;
  readonly product: string;
  /** Version of the server that the copy stands for. */
  readonly version: string;
  readonly succeeded: boolean;
  /** How many of each kind the copy has, what artifacts refer to among them. */
  readonly copied: readonly { readonly kind: string; readonly count: number }[];
  /** What the environment has and the copy has not, or has differently. */
  readonly notCopied: readonly Remark[];
  readonly outcomes: readonly Outcome[];
  readonly writes: number;
  /** Planning again on the copy: `not-made` when nothing was applied to it. */
  readonly secondPlan: 'empty' | 'not-empty' | 'not-made';
  /** What the second plan would still write. */
  readonly remaining: readonly (ArtifactName & { readonly action: Action; readonly paths: readonly string[] })[];
  /** What changed in the copy though no operation names it. */
  readonly besides: readonly Remark[];
  readonly problems: readonly Problem[];
}

export interface LintReport {
  readonly format: 1;
  readonly files: number;
  readonly problems: readonly Problem[];
}

/** One pattern of differences between environments, and what it would become. */
export interface ProposalReport {
  /** The same for the same finding in a later run. */
  readonly id: string;
  readonly type: 'variable' | 'override' | 'mistake' | 'secret' | 'environment-only';
  /** Of the variable. */
  readonly name?: string;
  /** The variable is there already. */
  readonly isExisting?: boolean;
  /** By environment; one that is missing has no such value. Never given for secrets. */
  readonly values?: { readonly [environment: string]: Json };
  readonly places: readonly (ArtifactName & { readonly path: string })[];
  readonly why: string;
}

export interface ParameterizeReport {
  readonly format: 1;
  readonly environments: readonly string[];
  readonly proposals: readonly ProposalReport[];
  /** Whether accepted proposals were carried out. */
  readonly isApplied: boolean;
  readonly files: readonly ExportedFile[];
  /** liftlock.yaml and environment files that were changed. */
  readonly settingsFiles?: readonly string[];
  readonly problems: readonly Problem[];
}

/** A file that `convert` read, and how that ended. */
export interface ConvertedSource {
  readonly file: string;
  readonly status: 'converted' | 'failed';
  /** Absent when the file could not be read. */
  readonly kind?: string;
}

/** Elements or fields that have no counterpart in what was written. */
export interface NotConvertedElement {
  /** The file that they stand in. */
  readonly source: string;
  readonly line?: number;
  readonly element: string;
  readonly why: string;
  /** How many there are. */
  readonly count: number;
  /** Nothing is lost with them: something else says the same, or they mean nothing elsewhere. */
  readonly meaningless: boolean;
}

export interface ConvertedFile extends ArtifactName {
  readonly source: string;
  /** `-` for standard output. */
  readonly file: string;
  readonly change: 'created' | 'updated' | 'unchanged' | 'refused' | 'printed';
  /** What was printed. */
  readonly text?: string;
}

export interface ConvertReport {
  readonly format: 1;
  readonly to: 'artifacts' | 'xml' | 'yaml' | 'json';
  readonly sources: readonly ConvertedSource[];
  readonly files: readonly ConvertedFile[];
  readonly notConverted: readonly NotConvertedElement[];
  readonly problems: readonly Problem[];
}
