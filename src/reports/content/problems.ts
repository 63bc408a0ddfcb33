import type { Problem } from '../../model/problem';
import type { ProblemSection } from '../document';
import { counted } from '../words';

/** Errors, warnings and notes, if there are any; errors first. */
export function problemSections(problems: readonly Problem[]): ProblemSection[] {
  if (problems.length === 0) return [];
  const order = ['error', 'warning', 'info'] as const;
  const sorted = order.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
  const isBad = problems.some(({ severity }) => severity === 'error');
  const title = isBad ? 'Problems' : problems.some(({ severity }) => severity === 'warning') ? 'Warnings' : 'Notes';
  return [{ type: 'problems', title, problems: sorted }];
}

/** Number of problems of one severity. */
export function countOf(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

/** `2 errors and 1 warning`; empty when there is neither. */
export function problemCount(problems: readonly Problem[]): string {
  const parts = (['error', 'warning'] as const).flatMap((severity) => {
    const count = countOf(problems, severity);
    return count === 0 ? [] : [counted(count, severity)];
  });
  return parts.join(' and ');
}
