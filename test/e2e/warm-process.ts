import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const PROGRAM = path.join(__dirname, 'warm-program.js');

/** How one run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run finds: its folder and all of its process variables. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A child process that runs the built command line again and again. Half the time of a short command is its start, and
 * tests run hundreds; what is about the process itself (signals, pipes, exit) needs one of its own.
 */
export class WarmProcess {
  private child: ChildProcess | undefined;
  private isBusy = false;

  /** Whether a run can begin: there is one at a time, since folder and variables belong to the whole process. */
  get isFree(): boolean {
    return !this.isBusy;
  }

  async run(args: readonly string[], { cwd, env }: Surroundings): Promise<Ended> {
    this.isBusy = true;
    const child = (this.child ??= this.start());
    try {
      return await new Promise<Ended>((resolve, reject) => {
        const lost = (code: number | null): void =>
          reject(new Error(`the process ended with ${code}; is dist/ there?`));
        child.once('exit', lost);
        child.once('message', (message) => {
          child.off('exit', lost);
          resolve(message as Ended);
        });
        child.send({ args, cwd, env });
      });
    } finally {
      this.isBusy = false;
    }
  }

  close(): void {
    this.child?.kill();
    this.child = undefined;
  }

  private start(): ChildProcess {
    const child = fork(PROGRAM, [ROOT], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.once('exit', () => {
      if (this.child === child) this.child = undefined;
    });
    return child;
  }
}
