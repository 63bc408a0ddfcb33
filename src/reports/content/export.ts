import { artifactText } from '../../model/artifact';
import type { ExportedFile, ExportReport } from '../../model/report';
import type { Count, Entry, RemarkSection, ReportDocument, Section, Sign } from '../document';
import { remarkGroups } from '../document';
import { kindTitle } from '../words';
import { problemSections } from './problems';

type Change = ExportedFile['change'];

const SIGNS: Readonly<Record<Change, Sign>> = {
  created: 'add',
  updated: 'change',
  removed: 'remove',
  unchanged: 'same',
};

/** How an export is told: the files that changed, by kind. */
export function exportDocument(report: ExportReport): ReportDocument {
  const counts: Count[] = (['created', 'updated', 'removed', 'unchanged'] as const).map((change) => ({
    label: change,
    count: report.files.filter((file) => file.change === change).length,
    sign: SIGNS[change],
  }));
  const sections: Section[] = [...files(report), ...skipped(report), ...problemSections(report.problems)];
  const part = { notes: [], counts, sections, closing: closing(report, counts) };
  return { title: `Export of ${report.environment}`, parts: [part] };
}

function files(report: ExportReport): Section[] {
  const changed = report.files.filter(({ change }) => change !== 'unchanged');
  const kinds = [...new Set(changed.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    type: 'entries',
    title: kindTitle(kind),
    entries: changed.filter((file) => file.kind === kind).map((file) => entry(report, file)),
  }));
}

function entry(report: ExportReport, exported: ExportedFile): Entry {
  const { change, file } = exported;
  const name = artifactText(exported);
  return {
    sign: SIGNS[change],
    name,
    file,
    rows: [],
    verdict: { rule: `export-${change}`, level: 'none', id: `${report.environment} ${change} ${name}` },
  };
}

function skipped(report: ExportReport): RemarkSection[] {
  if (report.skipped.length === 0) return [];
  return [{ type: 'remarks', title: 'Left out', groups: remarkGroups(report.skipped), shown: 10 }];
}

function closing(report: ExportReport, counts: readonly Count[]): string {
  const commit = report.commit === undefined ? '' : ` Committed as ${report.commit}.`;
  if (report.files.every(({ change }) => change === 'unchanged')) {
    return `Export of ${report.environment}: nothing changed.${commit}`;
  }
  return `Export of ${report.environment}: ${counts.map(({ count, label }) => `${count} ${label}`).join(', ')}.${commit}`;
}
