import { equalJson, type Json } from '../../../model/json';

/** The API stores at most one callback; several travel as `regexp=(a|b)` (reference, 2.1.5, quirk 11). */
const ALTERNATION = /^regexp=\((.*)\)$/s;

/** A part of an alternation: a character that stands for another one, or any other character. */
const PART = /\\(.)|[^\\]/gs;

/** What means something else in an expression; a dot there also stands for itself, as others write it. */
const META = /[.*+?^${}()|[\]\\]/g;
const META_BUT_DOT = /[*+?^${}()|[\]]/;

/**
 * The list form of a callback entry that is a plain alternation, with or without escaped characters; any other
 * expression stays as it is.
 */
export function splitCallbacks(entries: readonly Json[]): Json[] {
  return entries.flatMap((entry) => {
    const inner = typeof entry === 'string' ? ALTERNATION.exec(entry)?.[1] : undefined;
    return (inner === undefined ? undefined : alternatives(inner)) ?? [entry];
  });
}

/** The addresses of an alternation; undefined where one of them is an expression and not an address. */
function alternatives(inner: string): string[] | undefined {
  const urls = [''];
  for (const [part, escaped] of inner.matchAll(PART)) {
    if (part === '|') urls.push('');
    else if (escaped === undefined && META_BUT_DOT.test(part)) return undefined;
    else if (escaped !== undefined && /[a-z0-9]/i.test(escaped)) return undefined;
    else urls[urls.length - 1] += escaped ?? part;
  }
  return !inner.endsWith('\\') && urls.every(isUrl) ? urls : undefined;
}

/**
 * The single entry that the API takes for a list of callbacks: an expression that matches exactly these addresses. Where
 * the server has an expression for the same list, it stays as the server has it.
 */
export function joinCallbacks(entries: readonly Json[], deployed?: Json): Json[] {
  if (Array.isArray(deployed) && equalJson(splitCallbacks(deployed), [...entries])) return deployed;
  if (entries.length < 2) return [...entries];
  return [`regexp=(${entries.map((entry) => String(entry).replaceAll(META, '\\$&')).join('|')})`];
}

/** Characters that no address needs as they are, and every expression does. */
const OF_EXPRESSIONS = /[()[\]{}*^$\\|]/;

/** Why a list of callbacks cannot be sent, if so: what looks like an expression beside other entries. */
export function callbackProblem(entries: readonly Json[]): string | undefined {
  if (entries.length < 2) return undefined;
  const odd = entries.find((entry) => typeof entry === 'string' && (!isUrl(entry) || OF_EXPRESSIONS.test(entry)));
  return odd === undefined
    ? undefined
    : `"${String(odd)}" cannot stand beside other callback URLs: the server takes one regular expression. Write all of them as one entry regexp=(…)`;
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9.-]*:[^\s]*$/i.test(text);
}
