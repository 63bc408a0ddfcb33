import type { Outcome, Plan } from '../model/plan';
import { isUnreadable } from '../model/problem';

/** Outcomes of what a plan leaves out: what is protected or excluded, and what the server could not show. */
export function leftOut(plan: Plan): Outcome[] {
  return [...leftAlone(plan), ...notRead(plan)];
}

function leftAlone(plan: Plan): Outcome[] {
  return plan.skipped.map(({ kind, key, why }) => ({ kind, key, status: 'skipped', reason: why }));
}

function notRead(plan: Plan): Outcome[] {
  return plan.problems.filter(isUnreadable).map(({ artifact = '', message }) => {
    const [kind = ''] = artifact.split('/', 1);
    return { kind, key: artifact.slice(kind.length + 1), status: 'skipped', reason: message };
  });
}
