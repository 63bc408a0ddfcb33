import type { Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** `unavailable`: nobody can be asked, so that the command has to demand `--yes`. */
export type Answer = 'yes' | 'no' | 'unavailable';

/** Who is asked, and whether that is allowed. */
export interface ConfirmOptions {
  readonly noInput: boolean;
  readonly input?: Readable & { readonly isTTY?: boolean };
  readonly output?: Writable & { readonly isTTY?: boolean };
}

/** Asks a yes-or-no question on stderr when a person sits there; anything but `y` or `yes` is no. */
export async function confirm(question: string, options: ConfirmOptions): Promise<Answer> {
  const { noInput, input = process.stdin, output = process.stderr } = options;
  if (noInput || input.isTTY !== true || output.isTTY !== true) return 'unavailable';
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input, output });
  try {
    const answer = await ask(reader, `${question} [y/N] `);
    return /^y(?:es)?$/i.test(answer.trim()) ? 'yes' : 'no';
  } finally {
    reader.close();
  }
}

/** Ctrl-C ends the command; the end of the input is no answer. */
function ask(reader: Interface, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    reader.once('SIGINT', () => reject(new DOMException('Interrupted', 'AbortError')));
    reader.once('close', () => resolve(''));
    reader.question(question, resolve);
  });
}
