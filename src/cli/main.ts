import type { Interfaces } from '@oclif/core';
import { endingOf } from './ending';
import { printEnding } from './print';

/** Where oclif finds package.json, or (bin/dev.js) its whole load options. */
interface MainOptions {
  readonly root: Interfaces.LoadOptions;
}

/** Runs the command line. Commands end their own failures; what comes this far is an unknown command or a bug. */
export async function main({ root }: MainOptions): Promise<void> {
  ignoreClosedPipes();
  process.once('uncaughtException', (error) => {
    end(error);
    process.exit();
  });
  try {
    const { run } = await import('@oclif/core');
    await run(process.argv.slice(2), root);
  } catch (error) {
    end(error);
  }
}

function end(error: unknown): void {
  const debug = process.env['LIFTLOCK_DEBUG'] === '1';
  const ending = endingOf(error, { secrets: [], command: 'liftlock', debug });
  printEnding(ending, process.argv.includes('--json'));
}

/** A reader such as `head` may leave early. That is no failure, and a run in progress goes on to its end. */
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
