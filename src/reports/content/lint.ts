import type { LintReport } from '../../model/report';
import type { ReportDocument } from '../document';
import { counted } from '../words';
import { countOf, problemCount, problemSections } from './problems';

/** How the findings of lint are told. */
export function lintDocument(report: LintReport): ReportDocument {
  const { files, problems } = report;
  const found = problemCount(problems);
  const part = {
    notes: [],
    counts: [
      { label: 'errors', count: countOf(problems, 'error'), sign: 'failed' as const },
      { label: 'warnings', count: countOf(problems, 'warning'), sign: 'warning' as const },
      { label: 'files', count: files, sign: 'same' as const },
    ],
    sections: problemSections(problems),
    closing:
      found === '' ? `${counted(files, 'file')} checked: all is well.` : `${counted(files, 'file')} checked: ${found}.`,
  };
  return { title: 'Lint', parts: [part] };
}
