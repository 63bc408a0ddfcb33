import path from 'node:path';
import { artifactText } from '../../model/artifact';
import type { Problem } from '../../model/problem';
import type { ConvertedFile, ConvertReport, NotConvertedElement } from '../../model/report';
import type { Count, Entry, RemarkSection, ReportDocument, Section, Sign } from '../document';
import { counted } from '../words';
import { problemSections } from './problems';

const SIGNS: Readonly<Record<ConvertedFile['change'], Sign>> = {
  created: 'add',
  updated: 'change',
  unchanged: 'same',
  printed: 'add',
  refused: 'failed',
};

/** How a conversion is told: what was written, what could not be carried, and what was left out without loss. */
export function convertDocument(report: ConvertReport): ReportDocument {
  const counts: Count[] = (['created', 'updated', 'unchanged', 'printed', 'refused'] as const)
    .map((change) => ({
      label: change,
      count: report.files.filter((file) => file.change === change).length,
      sign: SIGNS[change],
    }))
    .filter(({ count }) => count > 0);
  const sections: Section[] = [
    ...files(report),
    ...leftOut(report, false, 'Not carried'),
    ...leftOut(report, true, 'Left out without loss'),
    ...passedOver(report),
    ...problemSections(report.problems.filter((problem) => !isPassedOver(problem))),
  ];
  const part = { notes: [], counts, sections, closing: closing(report, counts) };
  return { title: `Conversion to ${report.to}`, parts: [part] };
}

function files(report: ConvertReport): Section[] {
  if (report.files.length === 0) return [];
  return [{ type: 'entries', title: 'Files', entries: report.files.map((file) => entry(report, file)) }];
}

function entry({ to }: ConvertReport, converted: ConvertedFile): Entry {
  const { change, file, source } = converted;
  const name = artifactText(converted);
  return {
    sign: SIGNS[change],
    name,
    note: `${change}, from ${path.basename(source)}`,
    ...(file === '-' ? {} : { file }),
    rows: [],
    verdict: {
      rule: `convert-${change}`,
      level: change === 'refused' ? 'error' : 'none',
      id: `${to} ${source} ${name}`,
    },
  };
}

/** Grouped by the reason; each with its file and line. */
function leftOut({ notConverted }: ConvertReport, meaningless: boolean, title: string): RemarkSection[] {
  const chosen = notConverted.filter((element) => element.meaningless === meaningless);
  if (chosen.length === 0) return [];
  const whys = [...new Set(chosen.map(({ why }) => why))];
  const groups = whys.map((why) => ({ why, items: chosen.filter((item) => item.why === why).map(itemOf) }));
  return [{ type: 'remarks', title, groups, shown: meaningless ? 3 : 20 }];
}

const isPassedOver = ({ code, severity }: Problem): boolean => code === 'unknown-file' && severity === 'info';

/** Files of a folder that are something else: a folder may hold hundreds, which would hide everything else. */
function passedOver({ problems }: ConvertReport): RemarkSection[] {
  const items = problems.filter(isPassedOver).map(({ place }) => ({ name: place?.file ?? '' }));
  if (items.length === 0) return [];
  return [{ type: 'remarks', title: 'Passed over', groups: [{ why: 'no export of the product', items }], shown: 5 }];
}

function itemOf({ source, line, element, count }: NotConvertedElement): { name: string; path: string } {
  const times = count > 1 ? ` (${count}×)` : '';
  const place = `${path.basename(source)}${line === undefined ? '' : `:${line}`}`;
  return { name: place, path: `${lastNames(element)}${times}` };
}

/** The end of a long path says what it is; the whole of it is in the document of --json. */
function lastNames(element: string): string {
  const names = element.split('.');
  const kept = names.slice(-2).join('.');
  return names.length > 2 ? `…${kept}` : kept;
}

function closing({ to, sources }: ConvertReport, counts: readonly Count[]): string {
  const failed = sources.filter(({ status }) => status === 'failed').length;
  const rest = failed === 0 ? '' : ` ${counted(failed, 'file')} could not be converted.`;
  const told =
    counts.length === 0 ? 'nothing was written' : counts.map(({ count, label }) => `${count} ${label}`).join(', ');
  return `Conversion to ${to}: ${told}.${rest}`;
}
