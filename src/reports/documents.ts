import { checkDocument } from './content/check';
import { convertDocument } from './content/convert';
import { diffDocument } from './content/diff';
import { driftDocument } from './content/drift';
import { exportDocument } from './content/export';
import { lintDocument } from './content/lint';
import { planDocument } from './content/plan';
import { runDocument } from './content/run';
import type { ReportDocument } from './document';
import type { Report, ReportData, ReportKind } from './report';

const DOCUMENTS: { readonly [Kind in ReportKind]: (data: ReportData[Kind]) => ReportDocument } = {
  plan: planDocument,
  diff: diffDocument,
  drift: driftDocument,
  lint: lintDocument,
  check: checkDocument,
  export: exportDocument,
  run: runDocument,
  convert: convertDocument,
};

/** What a report says, ready to be drawn in any format. */
export function documentOf(report: Report): ReportDocument {
  const tell = DOCUMENTS[report.kind] as (data: Report['data']) => ReportDocument;
  return tell(report.data);
}
