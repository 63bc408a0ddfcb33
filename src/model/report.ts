import type { ArtifactName } from './artifact';
import type { Difference } from './difference';
import type { DriftClass, Remark } from './plan';
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
  readonly unchanged: number;
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

export interface LintReport {
  readonly format: 1;
  readonly files: number;
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
