import { artifactText } from '../../model/artifact';
import type { ParameterizeReport, ProposalReport } from '../../model/report';
import type { Count, Entry, EntrySection, ReportDocument, Section, Sign } from '../document';
import type { Row } from '../rows';
import { valueText } from '../values';
import { counted } from '../words';
import { problemSections } from './problems';

type Type = ProposalReport['type'];

const TITLES: Readonly<Record<Type, string>> = {
  variable: 'Variables',
  override: 'Overrides',
  mistake: 'Probably mistakes',
  secret: 'Secrets',
  'environment-only': 'Only in some environments',
};

const ADVICE: Readonly<Partial<Record<Type, string>>> = {
  mistake: 'Make the odd environment like the others, or accept an override that keeps the difference.',
  secret: 'Put the values into the secret stores, then accept these by a reviewed proposal file (--out, --proposal).',
};

const SIGNS: Readonly<Record<Type, Sign>> = {
  variable: 'add',
  override: 'change',
  mistake: 'warning',
  secret: 'skipped',
  'environment-only': 'skipped',
};

/** Places of one proposal that are named; the rest is counted. */
const EXAMPLES = 3;

/** How proposals are told: by type, each with its values and where it was found. */
export function parameterizeDocument(report: ParameterizeReport): ReportDocument {
  const types = Object.keys(TITLES) as Type[];
  const counts: Count[] = types.map((type) => ({
    label: LABELS[type](2).replace(/^2 /, ''),
    count: report.proposals.filter((proposal) => proposal.type === type).length,
    sign: SIGNS[type],
  }));
  const sections: Section[] = [
    ...types.flatMap((type) => section(type, report)),
    ...files(report),
    ...problemSections(report.problems),
  ];
  const part = { notes: [], counts, sections, closing: closing(report, counts) };
  return { title: `Differences between ${report.environments.join(', ')}`, parts: [part] };
}

const LABELS: Readonly<Record<Type, (count: number) => string>> = {
  variable: (count) => counted(count, 'variable'),
  override: (count) => counted(count, 'override'),
  mistake: (count) => counted(count, 'probable mistake'),
  secret: (count) => counted(count, 'secret'),
  'environment-only': (count) => `${count} only in some environments`,
};

function section(type: Type, report: ParameterizeReport): EntrySection[] {
  const own = report.proposals.filter((proposal) => proposal.type === type);
  if (own.length === 0) return [];
  const advice = ADVICE[type];
  return [
    { type: 'entries', title: TITLES[type], ...(advice === undefined ? {} : { advice }), entries: own.map(entry) },
  ];
}

function entry(proposal: ProposalReport): Entry {
  const { id, type, name, isExisting, values = {}, places, why } = proposal;
  const [first] = places;
  const texts = inSight(Object.values(values).map(valueText));
  const rows =
    type === 'environment-only'
      ? []
      : Object.keys(values).map((environment, index) => row(environment, texts[index] ?? ''));
  const where =
    type === 'variable'
      ? [
          ...places.slice(0, EXAMPLES).map((each): Row => label(`${artifactText(each)} ${each.path}`)),
          ...more(places.length),
        ]
      : [];
  // A path is to be read and copied: it has lines of its own, where it is never cut.
  const path: Row[] = type === 'variable' || !first?.path ? [] : [label(first.path)];
  return {
    sign: SIGNS[type],
    name: type === 'variable' ? (name ?? '') : first ? artifactText(first) : '',
    note: isExisting === true ? `there already; ${why}` : why,
    rows: [...path, ...rows, ...where],
    verdict: { rule: `parameterize-${type}`, level: type === 'mistake' ? 'warning' : 'none', id },
  };
}

function row(environment: string, text: string): Row {
  return { type: 'value', path: environment, change: 'add', to: text };
}

/** Texts longer than this are cut off in a terminal. */
const SHORT = 60;
/** So much of what all texts begin with is left before the first difference. */
const KEPT = 20;

/** Long texts without most of what all of them begin with, so that what differs is not what is cut off. */
function inSight(texts: readonly string[]): readonly string[] {
  const [first = ''] = texts;
  let common = 0;
  while (common < first.length && texts.every((text) => text[common] === first[common])) common += 1;
  if (texts.every((text) => text.length <= SHORT) || common <= KEPT + 1) return texts;
  return texts.map((text) => `…${text.slice(common - KEPT).replace(/^[\udc00-\udfff]/, '')}`);
}

function label(text: string): Row {
  return { type: 'label', text };
}

function more(count: number): Row[] {
  return count > EXAMPLES ? [label(`… and ${counted(count - EXAMPLES, 'more place')}`)] : [];
}

function files(report: ParameterizeReport): Section[] {
  const changed = report.files.filter(({ change }) => change !== 'unchanged');
  const names = [...(report.settingsFiles ?? []), ...changed.map(({ file }) => file)];
  if (names.length === 0) return [];
  return [
    {
      type: 'entries',
      title: 'Files',
      entries: names.map((file): Entry => ({
        sign: 'change',
        name: file,
        rows: [],
        verdict: { rule: 'parameterize-file', level: 'none', id: file },
      })),
    },
  ];
}

function closing(report: ParameterizeReport, counts: readonly Count[]): string {
  if (report.proposals.length === 0) return 'Nothing differs that the files do not account for.';
  const types = Object.keys(TITLES) as Type[];
  const found = types.flatMap((type, index) => {
    const count = counts[index]?.count ?? 0;
    return count === 0 ? [] : [LABELS[type](count)];
  });
  if (!report.isApplied)
    return `${found.join(', ')}. Nothing was written: accept all with --yes, or review them with --out FILE.`;
  const count = report.files.filter(({ change }) => change !== 'unchanged').length;
  return `${found.join(', ')}. ${counted(count, 'artifact file')} written; every environment renders as before.`;
}
