import type { ConversionDifference, ConversionReport, CorruptionReason } from '../model/conversion';
import type { Problem } from '../model/problem';
import { indented, span, wrap, wrapPath } from './terminal/layout';
import { lookOf, type Line, type Look, type TerminalOptions } from './terminal/look';
import { paint } from './terminal/paint';
import { problemLines } from './terminal/problems';
import { placeText, wayInto } from './words';

/** What became of a folder of another tool, for people: every section only when it has something to say. */
export function conversionText(
  report: ConversionReport,
  files: readonly string[],
  place: { readonly folder: string; readonly from: string },
  options: TerminalOptions,
): string {
  const look = lookOf(options);
  const converted = report.artifacts.filter(({ file }) => file !== undefined);
  const failed = report.artifacts.filter(({ problem }) => problem !== undefined);
  const summary = `${counted(converted.length, 'artifact')} for ${report.environments.join(', ')}; ${counted(files.length, 'file')} written.`;
  const sections: Line[][] = [
    wrap(summary, look.width).map((line) => [span(line)]),
    section(
      'Could not be carried over',
      failed.flatMap((one) => problemLines([notCarried(one)], look, 2)),
    ),
    section('Other than IAM-CTL would have sent', differenceLines(report.differences, look)),
    section('Worth a look', problemLines(report.problems, look, 2)),
    section(
      'Not taken',
      pairs(
        report.notTaken.map(({ source, why }) => [source, why] as const),
        look,
      ),
    ),
    section('To set before a command talks to a server', pairs(toSet(report), look)),
    section(
      'Next',
      [...wayInto(place.folder, place.from), ...next(report.environments)].map((command) => indented(2, span(command))),
    ),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return paint(
    filled.flatMap((lines, index) => (index === 0 ? lines : [[span('')], ...lines])),
    options,
  );
}

const TITLES: Readonly<Record<CorruptionReason, string>> = {
  'text-cut': 'Values cut short',
  'text-injected': 'Values that become other fields',
  'text-unreadable': 'Values that break the file',
  'text-changed': 'Values read as markup',
  'text-retyped': 'Values read as another type',
  'order-by-chance': 'Values that depend on chance',
  'keyword-not-set': 'Keywords without a value',
  'process-variable-not-set': 'Process variables that are not set',
  'value-not-text': 'Keywords whose value is not a text',
  'type-lost': 'Texts in place of numbers and flags',
  'list-joined': 'Lists joined into one text',
  'config-unreadable': 'Configuration that IAM-CTL cannot read',
  'mask-sent': 'Masks in place of secrets',
  'excluded-here': 'Left out in one environment, not in others',
};

function section(title: string, lines: readonly Line[]): Line[] {
  return lines.length === 0 ? [] : [[span(title, 'bold')], ...lines];
}

/** By reason, which is explained once. */
function differenceLines(differences: readonly ConversionDifference[], look: Look): Line[] {
  const groups = new Map<CorruptionReason, ConversionDifference[]>();
  for (const one of differences) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return [...groups].flatMap(([reason, own]) => [
    indented(2, span(`${TITLES[reason]} (${own.length})`, 'warning')),
    ...wrap(own[0]?.why ?? '', look.width - 4).map((line) => indented(4, span(line, 'dim'))),
    ...own.flatMap((one) => differenceLine(one, look)),
  ]);
}

function differenceLine(difference: ConversionDifference, look: Look): Line[] {
  const { artifact, path, keywords, environment, sent, sends, place } = difference;
  const about = artifact === undefined ? [] : [artifact];
  const named = keywords.length > 0 ? [`keyword ${keywords.join(', ')}`] : [];
  const head = wrap([environment, placeText(place)].join('  '), look.width - 4);
  const texts = (all: readonly string[]): string[] => all.flatMap((text) => wrap(text, look.width - 6));
  const body = [
    ...texts(about),
    ...wrapPath(path ?? '', look.width - 6).filter((line) => line !== ''),
    ...texts([...named, `IAM-CTL: ${sent}`, `Liftlock: ${sends}`]),
  ];
  return [...head.map((line) => indented(4, span(line, 'bold'))), ...body.map((line) => indented(6, span(line)))];
}

function pairs(entries: readonly (readonly [string, string])[], look: Look): Line[] {
  return entries.flatMap(([head, text]) => [
    ...wrap(head, look.width - 2).map((line) => indented(2, span(line))),
    ...wrap(text, look.width - 4).map((line) => indented(4, span(line, 'dim'))),
  ]);
}

function notCarried({ kind, key, source, problem = '' }: ConversionReport['artifacts'][number]): Problem {
  return {
    code: 'not-carried-over',
    message: `${kind}/${key}: ${problem}`,
    severity: 'error',
    place: { file: source },
  };
}

function toSet({ credentials, secrets }: ConversionReport): [string, string][] {
  return [
    ...credentials.map(({ environment, name, source }): [string, string] => [
      name,
      `${environment}: sign-in, ${source}`,
    ]),
    ...secrets.map(({ name, variables, source }): [string, string] => [
      variables.map((variable) => variable.name).join(' '),
      `secret ${name}, ${source}`,
    ]),
  ];
}

function next([first = 'dev']: readonly string[]): string[] {
  return ['liftlock lint', `liftlock env check ${first}`, `liftlock diff files:${first} ${first}`];
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
