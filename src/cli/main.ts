import { endingOf } from './ending';
import { printEnding } from './print';

/** What bin/dev.js needs to run from sources. */
export interface MainOptions {
  /** Where oclif finds package.json, or its whole load options. */
  readonly root: string | { readonly root: string; readonly pjson?: object };
}

/** Runs the command line. Commands end their own failures; what comes this far is an unknown command or a bug. */
export async function main({ root }: MainOptions): Promise<void> {
  ignoreClosedPipes();
  process.once('uncaughtException', (error) => void end(error).finally(() => process.exit()));
  try {
    const { run } = await import('@oclif/core');
    await run(process.argv.slice(2), root as string);
  } catch (error) {
    await end(error);
  }
}

async function end(error: unknown): Promise<void> {
  const debug = process.env['LIFTLOCK_DEBUG'] === '1';
  const ending = endingOf(error, { secrets: [], command: 'liftlock', debug });
  await printEnding(ending, process.argv.includes('--json'));
}

/** A reader such as `head` may leave early. That is no failure, and a run in progress goes on to its end. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
