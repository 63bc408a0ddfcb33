import type { Problem } from '../../model/problem';
import { visible } from '../visible';
import { placeText } from '../words';
import { hanging, indented, span } from './layout';
import { lookOf, type Line, type Look, type TerminalOptions, type Tone } from './look';
import { paint } from './paint';
import { columns } from './width';

const TONES: Readonly<Record<Problem['severity'], Tone>> = { error: 'error', warning: 'warning', info: 'dim' };
const WORDS: Readonly<Record<Problem['severity'], string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Beside a narrower head the message has too little room and goes below it. */
const LEAST_ROOM = 40;

/** Problems as text: `environments/prod.yaml:12:5  error  what is wrong`, the hint below. */
export function renderProblems(problems: readonly Problem[], options: TerminalOptions): string {
  return paint(problemLines(problems, lookOf(options)), options);
}

/** The lines of problems. */
export function problemLines(problems: readonly Problem[], look: Look, indent = 0): Line[] {
  return problems.flatMap((problem) => linesOf(problem, look, indent));
}

function linesOf(problem: Problem, look: Look, indent: number): Line[] {
  const where = whereText(problem);
  const head = [
    span(' '.repeat(indent)),
    ...(where === '' ? [] : [span(where, 'bold'), span('  ')]),
    span(WORDS[problem.severity], TONES[problem.severity]),
    span('  '),
  ];
  const used = head.reduce((sum, { text }) => sum + columns(text), 0);
  const room = look.width - used;
  const message =
    where === '' || (room >= LEAST_ROOM && longestWord(problem.message) <= room)
      ? hanging(head, problem.message, 'plain', look.width, 'keep')
      : [head, ...hanging([span(' '.repeat(indent + 2))], problem.message, 'plain', look.width, 'keep')];
  return [...message, ...hintLines(problem.hint, look, indent + 2)];
}

/** Paths and addresses are copied from the screen: they are not to be broken where there is a way around it. */
function longestWord(text: string): number {
  return Math.max(...text.split(/\s+/).map((word) => columns(visible(word))));
}

/** The lines of a hint, after an arrow. */
export function hintLines(hint: string | undefined, look: Look, indent: number): Line[] {
  if (hint === undefined || hint === '') return [];
  const head = indented(indent, span(`${look.glyphs.arrow} `, 'dim'));
  return hanging(head, hint, 'dim', look.width, 'keep');
}

/** The place; without one the artifact or environment, unless the message names it anyway. */
function whereText(problem: Problem): string {
  if (problem.place) return visible(placeText(problem.place));
  const subject = problem.artifact ?? problem.environment;
  return subject === undefined || problem.message.includes(subject) ? '' : visible(subject);
}
