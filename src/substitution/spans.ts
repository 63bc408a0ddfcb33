import type { Json } from '../model/json';
import { wholePlaceholder } from './placeholder';
import type { Scope } from './scope';
import { substitute } from './substitute';

/** The elements of the rendered list that one committed element stands for: several when a placeholder is spliced. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly isSpliced: boolean;
}

/** Which rendered elements each element of a committed list comes to. */
export function spansOf(template: readonly Json[], scope: Scope): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const element of template) {
    const isVariable = typeof element === 'string' && wholePlaceholder(element)?.namespace === 'var';
    const result = isVariable ? substitute([element], scope, 'template').value : [element];
    const count = Array.isArray(result) ? result.length : 1;
    const [only] = Array.isArray(result) ? result : [];
    const isSpliced = isVariable && (count !== 1 || isListVariable(element, only, scope));
    spans.push({ start, end: start + count, isSpliced });
    start += count;
  }
  return spans;
}

/** A variable with a list of one element looks like a plain one: ask what it is outside of a list. */
function isListVariable(element: string, only: Json | undefined, scope: Scope): boolean {
  const alone = substitute(element, scope, 'template').value;
  return Array.isArray(alone) && !Array.isArray(only);
}
