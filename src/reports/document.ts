import type { ArtifactName } from '../model/artifact';
import type { Problem } from '../model/problem';
import type { Row } from './rows';

/**
 * What a report says, before it has a form: each kind of report is told as a document once, and each format draws
 * documents. Texts are plain and unescaped.
 */
export interface ReportDocument {
  readonly title: string;
  readonly parts: readonly Part[];
  /** The last line; left out where there is one part, whose closing says it all. */
  readonly closing?: string;
}

/** One environment, or the whole report. */
export interface Part {
  readonly title?: string;
  readonly notes: readonly string[];
  readonly counts: readonly Count[];
  readonly sections: readonly Section[];
  readonly closing: string;
}

export interface Count {
  readonly label: string;
  readonly count: number;
  readonly sign: Sign;
}

export type Sign = 'add' | 'change' | 'remove' | 'ok' | 'failed' | 'warning' | 'skipped' | 'same';

export type Section = EntrySection | RemarkSection | ProblemSection;

/** Artifacts (or checks) with what is to be said about each. */
export interface EntrySection {
  readonly type: 'entries';
  readonly title: string;
  /** What to do next about all of them. */
  readonly advice?: string;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly sign: Sign;
  readonly name: string;
  readonly note?: string;
  readonly hint?: string;
  readonly rows: readonly Row[];
  /** All rows are of one new artifact: what is off or empty may be left out where space is short. */
  readonly isNew?: boolean;
  readonly file?: string;
  readonly verdict: Verdict;
}

/** How machines read an entry: test results and code scanning. */
interface Verdict {
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note' | 'none' | 'skipped';
  /** Stable across runs. */
  readonly id: string;
}

/** Things left alone, grouped by the reason. */
export interface RemarkSection {
  readonly type: 'remarks';
  readonly title: string;
  readonly advice?: string;
  readonly groups: readonly RemarkGroup[];
  /** How many of a group are named where space is short. */
  readonly shown: number;
}

export interface RemarkGroup {
  readonly why?: string;
  readonly items: readonly { readonly name: string; readonly path?: string }[];
}

export interface ProblemSection {
  readonly type: 'problems';
  readonly title: string;
  readonly problems: readonly Problem[];
}

/** Groups remarks by their reason, in order of appearance. */
export function remarkGroups(
  remarks: readonly (ArtifactName & { readonly why?: string; readonly path?: string })[],
): RemarkGroup[] {
  const whys = [...new Set(remarks.map(({ why }) => why))];
  return whys.map((why) => ({
    why,
    items: remarks
      .filter((remark) => remark.why === why)
      .map(({ kind, key, path }) => ({ name: `${kind}/${key}`, path })),
  }));
}
