import type { Plan, RunResult } from '../model/plan';
import type { CheckReport, ConvertReport, DiffReport, DriftReport, ExportReport, LintReport } from '../model/report';

/** The data of each kind of report. */
export interface ReportData {
  readonly plan: Plan;
  readonly diff: DiffReport;
  readonly drift: DriftReport;
  readonly lint: LintReport;
  readonly check: CheckReport;
  readonly export: ExportReport;
  readonly run: RunResult;
  readonly convert: ConvertReport;
}

export type ReportKind = keyof ReportData;

/** Data together with its kind. */
export type Report = { [Kind in ReportKind]: { readonly kind: Kind; readonly data: ReportData[Kind] } }[ReportKind];

/** Joins data and kind; the one place where TypeScript has to be told that they belong together. */
export function reportOf<Kind extends ReportKind>(kind: Kind, data: ReportData[Kind]): Report {
  return { kind, data } as Report;
}
