import { reportOf, type Report, type ReportKind } from '../../src/reports/report';
import { samples } from './samples';

export const KINDS: readonly ReportKind[] = ['plan', 'diff', 'drift', 'lint', 'check', 'export', 'run', 'convert'];

/** The sample report of a kind. */
export function sample(kind: ReportKind): Report {
  return reportOf<ReportKind>(kind, samples[kind]);
}
