import type { Ending } from './ending';
import { lazy } from './lazy';
import { terminalStyle } from './style';

/** Says how a command ended, as text on stderr or as a JSON document on stdout, and sets the exit code. */
export function printEnding(ending: Ending, asJson: boolean): void {
  process.exitCode = ending.exitCode;
  if (ending.problems.length > 0) {
    if (asJson) printJson({ error: { problems: ending.problems } });
    else printProblems(ending);
  }
  if (ending.stack !== undefined) process.stderr.write(`${ending.stack}\n`);
}

function printProblems({ problems }: Ending): void {
  const style = terminalStyle(process.stderr, process.env);
  process.stderr.write(lazy.problems().renderProblems(problems, style));
}

/** Writes one JSON document to stdout; `format` comes first. The process must end by itself, so that all is written. */
export function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify({ format: 1, ...document }, null, 2)}\n`);
}
