import type { Ending } from './ending';
import { terminalStyle } from './style';

/** Says how a command ended, as text on stderr or as a JSON document on stdout, and sets the exit code. */
export async function printEnding(ending: Ending, asJson: boolean): Promise<void> {
  process.exitCode = ending.exitCode;
  if (ending.problems.length > 0) {
    if (asJson) printJson({ error: { problems: ending.problems } });
    else await printProblems(ending);
  }
  if (ending.stack !== undefined) process.stderr.write(`${ending.stack}\n`);
}

async function printProblems({ problems }: Ending): Promise<void> {
  const { renderProblems } = await import('../reports/terminal/problems');
  process.stderr.write(renderProblems(problems, terminalStyle(process.stderr, process.env)));
}

/** Writes one JSON document to stdout; `format` comes first. The process must end by itself, so that all is written. */
export function printJson(document: object): void {
  process.stdout.write(`${JSON.stringify({ format: 1, ...document }, null, 2)}\n`);
}
