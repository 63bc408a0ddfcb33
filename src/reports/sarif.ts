import { createHash } from 'node:crypto';
import type { Problem } from '../model/problem';
import type { Entry, Part } from './document';
import { documentOf } from './documents';
import type { Report } from './report';
import { paint } from './terminal/paint';
import { lookOf } from './terminal/look';
import { rowLines } from './terminal/rows';
import { visible } from './visible';

interface Finding {
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly text: string;
  readonly fingerprint: string;
  readonly artifact?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Code scanning shows only results that have a file; every workspace has this one. */
const FALLBACK_FILE = 'liftlock.yaml';

const OPTIONS = { width: 120, colour: false };

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** What each rule says in general; problem codes speak for themselves. */
const RULES: Readonly<Record<string, string>> = {
  drift: 'The server was changed without the files.',
  pending: 'The files were changed and not applied yet.',
  conflict: 'Server and files were both changed since the last run.',
  'plan-create': 'Would be created on the server.',
  'plan-update': 'Would be updated on the server.',
  'plan-delete': 'Would be deleted on the server.',
  differs: 'Differs between the two sides.',
  'left-only': 'Exists on the left side only.',
  'right-only': 'Exists on the right side only.',
  'run-failed': 'Could not be applied.',
};

/** A report as SARIF 2.1.0, for code scanning. */
export function renderSarif(report: Report): string {
  const findings = documentOf(report).parts.flatMap(partFindings);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const driver = { name: 'liftlock', rules: rules.map(ruleOf) };
  const results = findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule)));
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string): object {
  return { id, shortDescription: { text: RULES[id] ?? id.replaceAll('-', ' ') } };
}

function resultOf(finding: Finding, ruleIndex: number): object {
  const { rule, level, text, fingerprint, artifact, file, line, column } = finding;
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } };
  const physicalLocation = {
    artifactLocation: { uri: uriOf(file ?? FALLBACK_FILE), uriBaseId: '%SRCROOT%' },
    ...region,
  };
  const logical =
    artifact === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: artifact, kind: 'resource' }] };
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text },
    locations: [{ physicalLocation, ...logical }],
    partialFingerprints: { 'liftlock/v1': fingerprint },
  };
}

/** A path as a relative URI; what is no text, such as half a character, becomes a replacement character. */
function uriOf(file: string): string {
  const text = Buffer.from(file, 'utf8').toString('utf8');
  return text.split('/').map(encodeURIComponent).join('/');
}

function partFindings(part: Part): Finding[] {
  return part.sections.flatMap((section): Finding[] => {
    if (section.type === 'entries') return section.entries.flatMap((entry) => entryFinding(entry, part.title));
    return section.type === 'problems' ? section.problems.map(problemFinding) : [];
  });
}

function entryFinding(entry: Entry, environment: string | undefined): Finding[] {
  const { rule, level, id } = entry.verdict;
  if (level === 'none' || level === 'skipped') return [];
  const head = [environment, entry.name, entry.note, entry.hint]
    .filter((part) => part !== undefined)
    .map(visible)
    .join(': ');
  const rows = paint(rowLines(entry.rows, false, lookOf(OPTIONS)), OPTIONS);
  return [
    {
      rule,
      level,
      text: `${head}\n${rows}`.trimEnd(),
      fingerprint: /^[0-9a-f]{8,}$/.test(id) ? id : digest(id),
      artifact: entry.name,
      file: entry.file,
    },
  ];
}

function problemFinding(problem: Problem): Finding {
  const { code, message, severity, place, hint, artifact, environment } = problem;
  return {
    rule: code,
    level: LEVELS[severity],
    text: [message, hint]
      .filter((part) => part !== undefined)
      .map(visible)
      .join(' '),
    // Without line and column: what moves within its file stays the same finding.
    fingerprint: digest([code, place?.file, artifact, environment, message].join('\n')),
    artifact,
    ...place,
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
