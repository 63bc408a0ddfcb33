import { artifactText } from '../../model/artifact';
import type { Json } from '../../model/json';
import type { ParameterizeReport, ProposalReport } from '../../model/report';
import type { Count, Entry, EntrySection, ReportDocument, Section, Sign } from '../document';
import type { Row } from '../rows';
import { valueText } from '../values';
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
    label: countLabel(type),
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

function countLabel(type: Type): string {
  const labels: Record<Type, string> = {
    variable: 'variables',
    override: 'overrides',
    mistake: 'probably mistakes',
    secret: 'secrets',
    'environment-only': 'only in some environments',
  };
  return labels[type];
}

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
  const place = first ? `${artifactText(first)}${first.path === '' ? '' : ` ${first.path}`}` : '';
  const rows =
    type === 'environment-only' ? [] : Object.entries(values).map(([environment, value]) => row(environment, value));
  const where =
    type === 'variable'
      ? [
          ...places.slice(0, EXAMPLES).map((each): Row => label(`${artifactText(each)} ${each.path}`)),
          ...more(places.length),
        ]
      : [];
  return {
    sign: SIGNS[type],
    name: type === 'variable' ? (name ?? '') : place,
    note: isExisting === true ? `there already; ${why}` : why,
    rows: [...rows, ...where],
    verdict: { rule: `parameterize-${type}`, level: type === 'mistake' ? 'warning' : 'none', id },
  };
}

function row(environment: string, value: Json): Row {
  return { type: 'value', path: environment, change: 'add', to: valueText(value) };
}

function label(text: string): Row {
  return { type: 'label', text };
}

function more(count: number): Row[] {
  return count > EXAMPLES ? [label(`… and ${count - EXAMPLES} more places`)] : [];
}

function files(report: ParameterizeReport): Section[] {
  const changed = report.files.filter(({ change }) => change !== 'unchanged');
  const names = [...(report.environmentFiles ?? []), ...changed.map(({ file }) => file)];
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
  const found = counts.filter(({ count }) => count > 0).map(({ count, label: what }) => `${count} ${what}`);
  if (!report.isApplied)
    return `${found.join(', ')}. Nothing was written: accept all with --yes, or review them with --out FILE.`;
  const count = report.files.filter(({ change }) => change !== 'unchanged').length;
  return `${found.join(', ')}. ${count} artifact files written; every environment renders as before.`;
}
