import { artifactText } from '../../model/artifact';
import type { ArtifactDifference, DiffReport } from '../../model/report';
import type { Entry, RemarkSection, ReportDocument, Section, Sign } from '../document';
import { remarkGroups } from '../document';
import { rowsOf } from '../rows';
import { counted, kindTitle } from '../words';
import { problemSections } from './problems';

type Presence = ArtifactDifference['presence'];

const SIGNS: Readonly<Record<Presence, Sign>> = { both: 'change', 'left-only': 'remove', 'right-only': 'add' };

/** How the comparison of two states is told: what turns the left one into the right one. */
export function diffDocument(report: DiffReport): ReportDocument {
  const counts = (['left-only', 'right-only', 'both'] as const).map((presence) => ({
    label: presenceText(report, presence),
    count: report.artifacts.filter((artifact) => artifact.presence === presence).length,
    sign: SIGNS[presence],
  }));
  const sections: Section[] = [...kinds(report), ...notCompared(report), ...problemSections(report.problems)];
  const part = {
    notes: [`what turns ${report.left} into ${report.right}`],
    counts: [...counts, ...sameCounts(report).map((count) => ({ ...count, sign: 'same' as const }))],
    sections,
    closing: closing(report, counts),
  };
  return { title: `${report.left} compared with ${report.right}`, parts: [part] };
}

function kinds(report: DiffReport): Section[] {
  const names = [...new Set(report.artifacts.map(({ kind }) => kind))];
  return names.map((kind) => ({
    type: 'entries',
    title: kindTitle(kind),
    entries: report.artifacts.filter((artifact) => artifact.kind === kind).map((one) => entry(report, one)),
  }));
}

function entry(report: DiffReport, artifact: ArtifactDifference): Entry {
  const { presence } = artifact;
  const name = artifactText(artifact);
  const id = `${report.left} ${report.right} ${presence} ${name}`;
  return {
    sign: SIGNS[presence],
    name,
    note: presence === 'both' ? undefined : presenceText(report, presence),
    rows: presence === 'both' ? rowsOf(artifact.differences) : [],
    verdict: { rule: presence === 'both' ? 'differs' : presence, level: 'warning', id },
  };
}

function presenceText(report: DiffReport, presence: Presence): string {
  if (presence === 'both') return 'different';
  return `only in ${presence === 'left-only' ? report.left : report.right}`;
}

function notCompared(report: DiffReport): RemarkSection[] {
  if (report.notCompared.length === 0) return [];
  return [{ type: 'remarks', title: 'Not compared', groups: remarkGroups(report.notCompared), shown: 5 }];
}

/** Artifacts without a difference to show: equal, or different only in what is counted and not shown. */
function sameCounts({ unchanged, notShown }: DiffReport): { label: string; count: number }[] {
  const except = { label: 'equal except for what is not shown', count: notShown.artifacts };
  return [...(notShown.artifacts > 0 ? [except] : []), { label: 'equal', count: unchanged }];
}

function closing(report: DiffReport, counts: readonly { label: string; count: number }[]): string {
  const { left, right, unchanged, notShown } = report;
  if (report.artifacts.length === 0 && notShown.artifacts === 0)
    return `${left} and ${right} are the same: ${counted(unchanged, 'artifact')} compared.`;
  const parts = [...counts.filter(({ count }) => count > 0), ...sameCounts(report)];
  return `${left} and ${right}: ${parts.map(({ count, label }) => `${count} ${label}`).join(', ')}.`;
}
