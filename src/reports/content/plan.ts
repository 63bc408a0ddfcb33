import { artifactText } from '../../model/artifact';
import type { Action, Operation, Plan } from '../../model/plan';
import type { Count, Entry, RemarkSection, ReportDocument, Section, Sign } from '../document';
import { remarkGroups } from '../document';
import { rowsOf } from '../rows';
import { counted, kindTitle } from '../words';
import { countOf, problemSections } from './problems';

const SIGNS: Readonly<Record<Action, Sign>> = { create: 'add', update: 'change', delete: 'remove' };

/** How a plan is told: what is written, by kind, then what is left alone and why. */
export function planDocument(plan: Plan): ReportDocument {
  const sections: Section[] = [
    ...operationSections(plan),
    ...leftAlone(plan),
    ...awaitingPrune(plan),
    ...unmanaged(plan),
    ...notCarried(plan),
    ...problemSections(plan.problems),
  ];
  const notes = [`${plan.product} ${plan.version}`.trim()];
  const part = { notes, counts: counts(plan), sections, closing: closing(plan) };
  return { title: `Plan for ${plan.environment}`, parts: [part] };
}

function operationSections(plan: Plan): Section[] {
  const kinds = [...new Set(plan.operations.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    type: 'entries',
    title: kindTitle(kind),
    entries: plan.operations.filter((operation) => operation.kind === kind).map((one) => entry(plan, one)),
  }));
}

function entry(plan: Plan, operation: Operation): Entry {
  const { action, reason } = operation;
  const name = artifactText(operation);
  return {
    sign: SIGNS[action],
    name,
    note: action === 'update' ? undefined : reason,
    rows: action === 'delete' ? [] : rowsOf(operation.differences),
    isNew: action === 'create',
    verdict: { rule: `plan-${action}`, level: 'warning', id: `${plan.environment} ${action} ${name}` },
  };
}

function leftAlone(plan: Plan): RemarkSection[] {
  if (plan.skipped.length === 0) return [];
  return [{ type: 'remarks', title: 'Left alone', groups: remarkGroups(plan.skipped), shown: 20 }];
}

function awaitingPrune(plan: Plan): RemarkSection[] {
  if (plan.awaitingPrune.length === 0) return [];
  const advice = `Applied once, and in no file any more. "liftlock apply ${plan.environment} --prune" deletes them.`;
  const groups = remarkGroups(plan.awaitingPrune);
  return [{ type: 'remarks', title: 'Not deleted without --prune', advice, groups, shown: 10 }];
}

function unmanaged(plan: Plan): RemarkSection[] {
  if (plan.unmanaged.length === 0) return [];
  const advice = 'Never in a file, as far as is known. Export them to manage them; only --prune would delete them.';
  const groups = remarkGroups(plan.unmanaged);
  return [{ type: 'remarks', title: `Only in ${plan.environment}`, advice, groups, shown: 10 }];
}

function notCarried(plan: Plan): RemarkSection[] {
  if (plan.notCarried.length === 0) return [];
  return [{ type: 'remarks', title: 'Not carried', groups: remarkGroups(plan.notCarried), shown: 5 }];
}

function counts(plan: Plan): Count[] {
  return [
    { label: 'to create', count: actions(plan, 'create'), sign: 'add' },
    { label: 'to update', count: actions(plan, 'update'), sign: 'change' },
    { label: 'to delete', count: actions(plan, 'delete'), sign: 'remove' },
    { label: 'unchanged', count: plan.unchanged, sign: 'same' },
  ];
}

function actions(plan: Plan, action: Action): number {
  return plan.operations.filter((operation) => operation.action === action).length;
}

function closing(plan: Plan): string {
  const { environment } = plan;
  const errors = countOf(plan.problems, 'error');
  const obstacle = errors === 0 ? '' : ` It cannot be applied: ${counted(errors, 'error')}.`;
  if (plan.operations.length > 0 || errors > 0) {
    const numbers = counts(plan).map(({ count, label }) => `${count} ${label}`);
    return `Plan for ${environment}: ${numbers.join(', ')}.${obstacle}`;
  }
  const open = plan.awaitingPrune.length;
  if (open > 0)
    return `${environment}: nothing to do without --prune; ${counted(open, 'artifact')} ${open === 1 ? 'has' : 'have'} no file any more.`;
  const skipped = new Set(plan.skipped.map(artifactText)).size;
  if (skipped === 0) return `${environment} is as the files say: nothing to do.`;
  const verb = skipped === 1 ? 'differs and is' : 'differ and are';
  return `${environment}: nothing to do; ${counted(skipped, 'artifact')} ${verb} left alone.`;
}
