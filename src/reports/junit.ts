import type { Problem } from '../model/problem';
import type { Entry, Part, ReportDocument } from './document';
import { documentOf } from './documents';
import { markup, markupLines } from './escape';
import type { Report } from './report';
import { indented } from './terminal/layout';
import { lookOf } from './terminal/look';
import { paint } from './terminal/paint';
import { rowLines } from './terminal/rows';
import { placeText } from './words';

type Status = 'passed' | 'failure' | 'skipped';

interface TestCase {
  readonly name: string;
  readonly file?: string;
  readonly status: Status;
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

const OPTIONS = { width: 120, colour: false };

/**
 * A report as JUnit XML: a test case per artifact, check or problem. What differs, failed or is an error is a failure;
 * what was left alone is skipped; warnings pass with their text as output.
 */
export function renderJunit(report: Report): string {
  const document = documentOf(report);
  const suites = document.parts.map((part) => suite(part, document, report.kind));
  const total = (key: 'tests' | 'failures'): number => suites.reduce((sum, one) => sum + one[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="liftlock ${report.kind}" tests="${total('tests')}" failures="${total('failures')}" errors="0">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(part: Part, document: ReportDocument, kind: string): { xml: string; tests: number; failures: number } {
  const title = part.title ?? document.title;
  const found = part.sections.flatMap((section): TestCase[] => {
    if (section.type === 'entries') return section.entries.map(entryCase);
    if (section.type === 'problems') return section.problems.map(problemCase);
    return section.groups.flatMap(({ why, items }) =>
      why === undefined ? [] : items.map((item) => remarkCase([item.name, item.path].filter(Boolean).join(' '), why)),
    );
  });
  const cases = found.length > 0 ? found : [passing(part.closing)];
  const count = (status: Status): number => cases.filter((one) => one.status === status).length;
  const numbers = `tests="${cases.length}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}"`;
  const classname = `liftlock.${kind}.${title}`;
  const xml = [
    `  <testsuite name="${markup(title)}" ${numbers}>`,
    ...cases.map((one) => caseXml(one, classname)),
    '  </testsuite>',
  ].join('\n');
  return { xml, tests: cases.length, failures: count('failure') };
}

function entryCase(entry: Entry): TestCase {
  const { level, rule } = entry.verdict;
  const status = level === 'none' ? 'passed' : level === 'skipped' ? 'skipped' : 'failure';
  const isWarningOnly = entry.sign === 'warning';
  const lines = rowLines(entry.rows, false, lookOf(OPTIONS));
  const text = [entry.note ?? '', entry.hint ?? '', paint(lines.length > 0 ? lines : [indented(0)], OPTIONS)];
  return {
    name: entry.name,
    file: entry.file,
    status: isWarningOnly ? 'passed' : status,
    type: rule,
    message: entry.note ?? rule,
    text: text
      .filter((part) => part.trim() !== '')
      .join('\n')
      .trimEnd(),
  };
}

function problemCase(problem: Problem): TestCase {
  const where = problem.place ? placeText(problem.place) : (problem.artifact ?? problem.environment ?? '');
  return {
    name: [problem.code, where].filter((part) => part !== '').join(' '),
    file: problem.place?.file,
    status: problem.severity === 'error' ? 'failure' : 'passed',
    type: problem.code,
    message: problem.message,
    text: [problem.message, problem.hint ?? ''].filter((part) => part !== '').join('\n'),
  };
}

function remarkCase(name: string, why: string): TestCase {
  return { name, status: 'skipped', type: 'left-alone', message: why, text: '' };
}

function passing(closing: string): TestCase {
  return { name: closing, status: 'passed', type: '', message: '', text: '' };
}

function caseXml(one: TestCase, classname: string): string {
  const file = one.file === undefined ? '' : ` file="${markup(one.file)}"`;
  const start = `    <testcase classname="${markup(classname)}" name="${markup(one.name)}"${file}`;
  const message = `message="${markup(one.message)}"`;
  if (one.status === 'skipped') return `${start}><skipped ${message}/></testcase>`;
  if (one.status === 'failure') {
    return `${start}><failure ${message} type="${markup(one.type)}">${markupLines(one.text)}</failure></testcase>`;
  }
  return one.text === '' ? `${start}/>` : `${start}><system-out>${markupLines(one.text)}</system-out></testcase>`;
}
