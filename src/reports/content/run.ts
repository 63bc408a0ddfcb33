import { artifactText } from '../../model/artifact';
import type { Outcome, OutcomeStatus, RunResult } from '../../model/plan';
import type { Count, Entry, ReportDocument, Section, Sign } from '../document';
import { counted, kindTitle } from '../words';

const SIGNS: Readonly<Record<OutcomeStatus, Sign>> = {
  done: 'ok',
  unchanged: 'same',
  skipped: 'skipped',
  failed: 'failed',
};

const LEVELS = { done: 'none', unchanged: 'none', skipped: 'skipped', failed: 'error' } as const;

const DONE = { create: 'created', update: 'updated', delete: 'deleted' } as const;

/** How a run is told: how each artifact ended. */
export function runDocument(result: RunResult): ReportDocument {
  const { run, environment, outcomes, writes } = result;
  const counts = outcomeCounts(outcomes);
  const numbers = counts.map(({ count, label }) => `${count} ${label}`).join(', ');
  const closing = `Run ${run} on ${environment}: ${numbers}; ${counted(writes, 'write')}.`;
  const part = { notes: [`run ${run}`], counts, sections: outcomeSections(result), closing };
  return { title: `Applied to ${environment}`, parts: [part] };
}

/** How many artifacts ended in each way. */
export function outcomeCounts(outcomes: readonly Outcome[]): Count[] {
  return (['done', 'failed', 'skipped', 'unchanged'] as const).map((status) => ({
    label: status,
    count: outcomes.filter((outcome) => outcome.status === status).length,
    sign: SIGNS[status],
  }));
}

/** How each artifact ended that did not stay as it was, by kind. */
export function outcomeSections(result: Pick<RunResult, 'environment' | 'outcomes'>): Section[] {
  const told = result.outcomes.filter(({ status }) => status !== 'unchanged');
  return [...new Set(told.map(({ kind }) => kind))].map((kind) => ({
    type: 'entries',
    title: kindTitle(kind),
    entries: told.filter((outcome) => outcome.kind === kind).map((outcome) => entry(result, outcome)),
  }));
}

function entry(result: Pick<RunResult, 'environment'>, outcome: Outcome): Entry {
  const { status, action, reason } = outcome;
  const name = artifactText(outcome);
  return {
    sign: SIGNS[status],
    name,
    note: reason ?? (status === 'done' && action ? DONE[action] : status),
    rows: [],
    verdict: { rule: `run-${status}`, level: LEVELS[status], id: `${result.environment} ${status} ${name}` },
  };
}
