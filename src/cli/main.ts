import type { Interfaces } from '@oclif/core';
import { endingOf } from './ending';
import { printEnding } from './print';
import { unknownCommand } from './unknown-command';

/** Where Liftlock is installed, and its package.json. */
interface MainOptions {
  readonly root: string;
  readonly pjson: Interfaces.PJSON;
}

/**
 * Runs the command line. Commands end their own failures; what comes this far is an unknown command or a bug.
 * `known` are the ids of commands that need no plugin: finding and reading those is a third of oclif's start.
 */
export async function main({ root, pjson }: MainOptions, known: readonly string[] = []): Promise<void> {
  ignoreClosedPipes();
  process.once('uncaughtException', (error) => {
    end(error, known);
    process.exit();
  });
  try {
    const { run } = await import('@oclif/core');
    const words = process.argv.slice(2);
    await run(words, { root, pjson: isKnown(words, known) ? withoutPlugins(pjson) : pjson });
  } catch (error) {
    end(error, known);
  }
}

function isKnown(words: readonly string[], known: readonly string[]): boolean {
  return [1, 2].some((length) => known.includes(words.slice(0, length).join(':')));
}

function withoutPlugins(pjson: Interfaces.PJSON): Interfaces.PJSON {
  return { ...pjson, oclif: { ...pjson.oclif, plugins: [] } };
}

/** Commands of the plugins. */
const OTHERS = ['autocomplete', 'help'];

function end(error: unknown, known: readonly string[]): void {
  const debug = process.env['LIFTLOCK_DEBUG'] === '1';
  const words = process.argv.slice(2);
  const ending = endingOf(error, {
    secrets: [],
    command: 'liftlock',
    debug,
    unknownCommand: () => unknownCommand(words, [...known, ...OTHERS]),
  });
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
