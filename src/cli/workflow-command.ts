import type { Plan, RunResult } from '../model/plan';
import { EXIT, isUnreadable } from '../model/problem';
import type { Surroundings } from '../workflows/connect';
import type { ApplyJobOptions, ApplyJobResult } from '../workflows/apply-job';
import type { JobRequest } from '../workflows/environment-job';
import { LiftlockCommand } from './command';
import { selectionOf } from './flags';
import { lazy } from './lazy';
import { lazyWorkflows } from './workflows';

/** Flags of the commands that write to a server. */
interface ApprovalFlags {
  readonly yes: boolean;
  readonly prune: boolean;
  readonly 'max-deletes': number;
  readonly 'no-input': boolean;
}

/** A command that runs a workflow against servers. */
export abstract class WorkflowCommand extends LiftlockCommand {
  /** What workflows may know of this process. */
  protected get surroundings(): Surroundings {
    return { variables: process.env, signal: this.interrupted };
  }

  /** What a workflow on one environment is asked for. */
  protected jobRequest(
    environment: string,
    flags: { workspace: string; kind?: string[]; only?: string[]; except?: string[] },
    write: boolean,
  ): JobRequest {
    const selection = selectionOf(flags);
    return { folder: this.workspaceFolder(flags), environment, selection, write, surroundings: this.surroundings };
  }

  /** Writes a JSON document to a file of the user's choice. */
  protected async writeJson(file: string, document: object): Promise<void> {
    await lazy.reportFiles().writeText(file, `${JSON.stringify(document, null, 2)}\n`);
  }

  /** How a plan is shown, approved and followed. */
  protected applyOptions(environment: string, flags: ApprovalFlags): ApplyJobOptions {
    const reading = this.startProgress(`Reading ${environment}`);
    const writing = this.startProgress(`Writing to ${environment}`);
    return {
      prune: flags.prune,
      maxDeletes: flags['max-deletes'],
      now: () => new Date(),
      onProgress: (phase, done, total) => {
        const progress = phase === 'reading' ? reading : writing;
        progress.update(done, total);
        if (done >= total) progress.end();
      },
      approve: async (plan: Plan) => {
        await this.report('plan', plan);
        return flags.yes ? 'yes' : this.confirm(`Apply this to ${environment}?`, flags);
      },
    };
  }

  /** Reports what became of a plan and sets the exit code. */
  protected async reportApplied(
    environment: string,
    applied: ApplyJobResult,
    files: readonly string[] = [],
  ): Promise<RunResult> {
    if (applied.plan.problems.some(isUnreadable)) process.exitCode = EXIT.error;
    const result = applied.result ?? { format: 1 as const, run: '', environment, outcomes: [], writes: 0 };
    if (applied.declined) {
      this.note('Nothing was written.');
      for (const file of files) await lazy.reportFiles().writeReport(file, applied.plan, 'plan');
      process.exitCode = EXIT.refused;
    } else if (!applied.result) {
      await this.report('plan', applied.plan, files);
    } else {
      await this.report('run', applied.result, files);
      if (lazyWorkflows.apply().hasFailed(applied.result)) process.exitCode = EXIT.error;
      if (this.interrupted.aborted) this.tellStopped(environment);
    }
    if (applied.notes.length > 0 && !this.jsonEnabled()) {
      process.stderr.write(lazy.problems().renderProblems(applied.notes, this.styleOf(process.stderr)));
    }
    return result;
  }

  /** After an interruption the outcomes say what was done; the rest is still to be done. */
  private tellStopped(environment: string): void {
    process.exitCode = EXIT.interrupted;
    this.note(`Interrupted. Run "liftlock plan ${environment}" to see what is left to do.`);
  }

  /** Asks for lines on a terminal until an empty one; undefined when nobody can be asked. */
  protected async askLines(question: string): Promise<string[] | undefined> {
    if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
    const { createInterface } = await import('node:readline/promises');
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    process.stderr.write(`${question}\n`);
    try {
      const lines: string[] = [];
      for (;;) {
        const line = (await reader.question('> ', { signal: this.interrupted })).trim();
        if (line === '') return lines;
        lines.push(line);
      }
    } finally {
      reader.close();
    }
  }
}
