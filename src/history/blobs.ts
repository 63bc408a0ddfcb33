import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment } from './environment';
import { gitFailure } from './failures';

/** Reads objects by id through one `git cat-file --batch` process, started when first needed and ended when idle. */
export interface BlobReader {
  /** The bytes of an object; undefined when the repository does not have it. */
  read(id: string): Promise<Buffer | undefined>;
}

/** How long the process waits for the next question; starting another one costs a few milliseconds. */
const IDLE_MS = 25;

interface Waiting {
  readonly resolve: (bytes: Buffer | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** A reader of the repository that the folder belongs to. */
export function blobReader(folder: string): BlobReader {
  let batch: Promise<Batch> | undefined;
  const close = (): void => {
    batch = undefined;
  };
  return {
    read: async (id) => {
      batch ??= startBatch(folder, close);
      return (await batch).ask(id);
    },
  };
}

interface Batch {
  ask(id: string): Promise<Buffer | undefined>;
}

async function startBatch(folder: string, onEnd: () => void): Promise<Batch> {
  const { spawn } = await import('node:child_process');
  const child = spawn('git', ['cat-file', '--batch'], { cwd: folder, env: gitEnvironment(process.env) });
  const waiting: Waiting[] = [];
  let idle: NodeJS.Timeout | undefined;
  let errors = '';

  const settle = (bytes: Buffer | undefined): void => {
    waiting.shift()?.resolve(bytes);
    if (waiting.length === 0) idle = setTimeout(finish, IDLE_MS);
  };
  const finish = (): void => {
    onEnd();
    child.stdin.end();
  };
  const fail = (reason: string): void => {
    clearTimeout(idle);
    onEnd();
    for (const one of waiting.splice(0)) one.reject(gitFailure('read files of a revision', reason));
  };
  child.stdout.on('data', answerParser(settle));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.on('error', (error) => fail(errors || error.message));
  child.on('error', (error) => fail(error.message));
  child.on('close', () => fail(errors));
  return { ask: (id) => ask(id, child, waiting, () => clearTimeout(idle)) };
}

function ask(
  id: string,
  child: ChildProcessWithoutNullStreams,
  waiting: Waiting[],
  stayAwake: () => void,
): Promise<Buffer | undefined> {
  stayAwake();
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    child.stdin.write(`${id}\n`);
  });
}

/** Cuts `<id> blob <size>\n<content>\n` and `<id> missing\n` answers out of the stream. */
function answerParser(answer: (bytes: Buffer | undefined) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let held = 0;
  let needed = 1;
  return (chunk) => {
    parts.push(chunk);
    held += chunk.length;
    if (held < needed) return;
    let rest: Buffer = Buffer.concat(parts);
    for (;;) {
      const one = firstAnswer(rest);
      needed = one.length;
      if (needed > rest.length) break;
      answer(one.bytes);
      rest = rest.subarray(needed);
    }
    parts = [rest];
    held = rest.length;
  };
}

/** The first answer in a buffer; its length is larger than the buffer when more bytes have to come. */
function firstAnswer(buffer: Buffer): { length: number; bytes?: Buffer } {
  const line = buffer.indexOf('\n');
  if (line < 0) return { length: buffer.length + 1 };
  const size = / blob (\d+)$/.exec(buffer.toString('utf8', 0, line))?.[1];
  if (size === undefined) return { length: line + 1 };
  const end = line + 1 + Number(size);
  return { length: end + 1, bytes: end < buffer.length ? buffer.subarray(line + 1, end) : undefined };
}
