import { artifactText } from '../../model/artifact';
import type { RehearsalReport } from '../../model/report';
import type { Entry, Part, RemarkSection, ReportDocument, Section } from '../document';
import { remarkGroups } from '../document';
import { counted } from '../words';
import { countOf, problemSections } from './problems';
import { outcomeCounts, outcomeSections } from './run';

/** How a rehearsal is told: what became of each artifact on the copy, what went wrong, and what the copy lacks. */
export function rehearsalDocument(report: RehearsalReport): ReportDocument {
  const { environment, outcomes } = report;
  const part: Part = {
    notes: [`on a copy, ${report.product} ${report.version}`],
    counts: outcomeCounts(outcomes),
    sections: [
      ...outcomeSections(report),
      ...remaining(report),
      ...remarks('Changed besides', report.besides, 'No operation of the plan names these.'),
      ...remarks('Not copied', report.notCopied, `What ${environment} has and the copy has not, or has differently.`),
      ...copied(report),
      ...problemSections(report.problems),
    ],
    closing: closing(report),
  };
  return { title: `Rehearsal for ${environment}`, parts: [part] };
}

function copied({ copied: kinds }: RehearsalReport): RemarkSection[] {
  const counts = kinds.map(({ kind, count }) => counted(count, words(kind)));
  return counts.length === 0
    ? []
    : [{ type: 'remarks', title: 'Copied', advice: `${counts.join(', ')}.`, groups: [], shown: 0 }];
}

function words(kind: string): string {
  return kind.replaceAll('-', ' ').replace(/^api /, 'API ');
}

function remaining(report: RehearsalReport): Section[] {
  const { environment } = report;
  if (report.remaining.length === 0) return [];
  const entries = report.remaining.map((left): Entry => {
    const name = artifactText(left);
    const paths = left.paths.length === 0 ? '' : `: ${left.paths.join(', ')}`;
    const id = `${environment} second ${left.action} ${name}`;
    return {
      sign: 'warning',
      name,
      note: `still to ${left.action}${paths}`,
      rows: [],
      verdict: { rule: 'rehearsal-second-plan', level: 'error', id },
    };
  });
  return [{ type: 'entries', title: 'Second plan', entries }];
}

function remarks(title: string, list: RehearsalReport['notCopied'], advice: string): RemarkSection[] {
  return list.length === 0 ? [] : [{ type: 'remarks', title, advice, groups: remarkGroups(list), shown: 10 }];
}

function closing(report: RehearsalReport): string {
  const { environment, outcomes, writes } = report;
  const numbers = outcomeCounts(outcomes)
    .filter(({ count }) => count > 0)
    .map(({ count, label }) => `${count} ${label}`);
  if (report.succeeded) {
    const done = outcomes.some(({ status }) => status === 'done')
      ? `${numbers.join(', ')}; ${counted(writes, 'write')} to the copy`
      : 'nothing to do';
    return `Rehearsal for ${environment} succeeded: ${done}; planning again found nothing left.`;
  }
  const reasons = [
    ...numbers,
    ...(report.remaining.length > 0 ? [`${report.remaining.length} left by the second plan`] : []),
    ...(report.besides.length > 0 ? [`${report.besides.length} changed besides`] : []),
    ...(countOf(report.problems, 'error') > 0 ? [counted(countOf(report.problems, 'error'), 'error')] : []),
  ];
  return `Rehearsal for ${environment} FAILED: ${reasons.join(', ')}. Nothing was written to ${environment}.`;
}
