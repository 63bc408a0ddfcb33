import type { Json } from '../../../model/json';

/** The API stores at most one callback; several travel as `regexp=(a|b)` (reference, 2.1.5, quirk 11). */
const ALTERNATION = /^regexp=\((.*)\)$/s;

/** What a plain URL may not hold for the alternation to mean just these URLs. */
const NOT_PLAIN = /[()[\]{}*^$\\|+\s]/;

/** The list form of a callback entry that is a plain alternation; any other expression stays as it is. */
export function splitCallbacks(entries: readonly Json[]): Json[] {
  return entries.flatMap((entry) => {
    const inner = typeof entry === 'string' ? ALTERNATION.exec(entry)?.[1] : undefined;
    const parts = inner?.split('|') ?? [];
    return parts.length > 0 && parts.every(isPlainUrl) ? parts : [entry];
  });
}

/** The single entry that the API takes for a list of callbacks. */
export function joinCallbacks(entries: readonly Json[]): Json[] {
  return entries.length > 1 ? [`regexp=(${entries.map(String).join('|')})`] : [...entries];
}

/** Why a list of callbacks cannot be sent, if so: an expression or a special character beside other entries. */
export function callbackProblem(entries: readonly Json[]): string | undefined {
  if (entries.length < 2) return undefined;
  const odd = entries.find((entry) => typeof entry === 'string' && !isPlainUrl(entry));
  return odd === undefined
    ? undefined
    : `"${String(odd)}" cannot stand beside other callback URLs: the server takes one regular expression. Write all of them as one entry regexp=(…)`;
}

function isPlainUrl(text: string): boolean {
  return /^[a-z][a-z0-9.-]*:/i.test(text) && !NOT_PLAIN.test(text);
}
