import type { ConversionDifference, ConversionReport } from '../model/conversion';
import type { Problem } from '../model/problem';
import type { TerminalOptions } from './terminal/look';
import { renderProblems } from './terminal/problems';

/** What became of a folder of another tool, for people: every section only when it has something to say. */
export function conversionText(report: ConversionReport, files: readonly string[], options: TerminalOptions): string {
  const converted = report.artifacts.filter(({ file }) => file !== undefined);
  const failed = report.artifacts.filter(({ problem }) => problem !== undefined);
  const sections = [
    `${counted(files.length, 'file')} written, ${counted(converted.length, 'artifact')} for ${report.environments.join(', ')}.\n`,
    section(
      'Could not be carried over',
      failed.map(({ kind, key, source, problem = '' }) => error(`${kind}/${key}: ${problem}`, source)),
    ),
    section('Other than IAM-CTL would have sent', report.differences.map(differenceProblem)),
    section('Not taken', report.notTaken.map(({ source, why }) => note('not-taken', why, source))),
    section('Worth a look', report.problems),
    section('To set before the first command that talks to a server', toSet(report)),
  ];
  return sections.map((problems) => (typeof problems === 'string' ? problems : rendered(problems, options))).join('\n');
}

interface Section {
  readonly title: string;
  readonly problems: readonly Problem[];
}

function section(title: string, problems: readonly Problem[]): Section {
  return { title, problems };
}

function rendered({ title, problems }: Section, options: TerminalOptions): string {
  return problems.length === 0 ? '' : `${title}:\n${renderProblems(problems, options)}`;
}

function differenceProblem(difference: ConversionDifference): Problem {
  const { artifact, path, keywords, environment, sent, sends, why, place, reason } = difference;
  const what = [artifact, path].filter((text) => text !== undefined).join(' ');
  const by = keywords.length > 0 ? ` (${keywords.join(', ')})` : '';
  const message = `${environment}: ${what === '' ? 'the file' : what}${by}: IAM-CTL sends ${sent}; Liftlock sends ${sends}`;
  return { code: reason, message, severity: 'warning', place, hint: why };
}

function toSet(report: ConversionReport): Problem[] {
  const secrets = report.secrets.flatMap(({ name, variables, source }) =>
    variables.map((variable) => note('secret', `${variable.name}: the secret ${name} (${source})`, variable.environment)),
  );
  const credentials = report.credentials.map(({ environment, name, source }) =>
    note('credential', `${name}: ${source}`, environment),
  );
  return [...credentials, ...secrets];
}

function note(code: string, message: string, file: string): Problem {
  return { code, message, severity: 'info', place: { file } };
}

function error(message: string, file: string): Problem {
  return { code: 'not-carried-over', message, severity: 'error', place: { file } };
}

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
