import { nearest } from '../model/nearest';

/** `var`: a variable of the environment; `secret`: a secret by name; `env`: a process variable, in environment files only. */
export type Namespace = 'var' | 'secret' | 'env';

export interface Placeholder {
  readonly namespace: Namespace;
  readonly name: string;
}

/** Literal text, or a placeholder. */
export type Part = string | Placeholder;

/** Something that looks like a placeholder and is none. */
export interface PlaceholderMistake {
  readonly text: string;
  readonly message: string;
  readonly hint: string;
}

export interface ParsedText {
  /** Adjacent literal parts are joined; a text without placeholders is one part. */
  readonly parts: readonly Part[];
  readonly mistakes: readonly PlaceholderMistake[];
}

const NAMESPACES: readonly Namespace[] = ['var', 'secret', 'env'];
const NAME = /^[A-Za-z0-9_.-]+$/;

/** What may open a placeholder: backslashes before it escape it. `{{http://…` is an address and none of ours. */
const OPENING = /(?<!\\)(\\*)\{\{([ \t]*)([A-Za-z][\w-]*)([ \t]*):(?!\/\/)/g;
const CLOSING = /([^{}]*)\}\}/y;

/** Splits a text into literals and placeholders. `\{{var:` is the literal `{{var:`; `{{user.name}}` is plain text. */
export function parseText(text: string): ParsedText {
  if (!text.includes('{{')) return { parts: [text], mistakes: [] };
  const parts: Part[] = [];
  const mistakes: PlaceholderMistake[] = [];
  let literal = '';
  let position = 0;
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match; match = OPENING.exec(text)) {
    const [opening, backslashes = '', before = '', word = '', after = ''] = match;
    literal += text.slice(position, match.index) + backslashes.slice(0, Math.floor(backslashes.length / 2));
    position = match.index + opening.length;
    const raw = opening.slice(backslashes.length);
    const name = backslashes.length % 2 === 1 ? undefined : closedName(text, position);
    const isOwn = isNamespace(word) && before === '' && after === '';
    if (isOwn && name !== undefined && NAME.test(name)) {
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push({ namespace: word, name });
      position += name.length + 2;
    } else {
      literal += raw;
      const looksOwn = backslashes.length % 2 === 0 && (name !== undefined || isOwn);
      if (looksOwn) mistakes.push(mistake(raw, word, isOwn, name));
    }
    OPENING.lastIndex = position;
  }
  literal += text.slice(position);
  if (literal !== '' || parts.length === 0) parts.push(literal);
  return { parts, mistakes };
}

function closedName(text: string, position: number): string | undefined {
  CLOSING.lastIndex = position;
  return CLOSING.exec(text)?.[1];
}

function mistake(raw: string, word: string, isOwn: boolean, name: string | undefined): PlaceholderMistake {
  const text = name === undefined ? raw : `${raw}${name}}}`;
  const asText = `Write "\\${raw}" where the text itself is meant.`;
  if (isOwn && name === undefined) {
    return { text, message: `"${text}" is not closed`, hint: `Close it with "}}". ${asText}` };
  }
  if (isOwn) {
    const message = name === '' ? `"${text}" has no name` : `"${text}" has a name that is not allowed`;
    return { text, message, hint: `A name consists of letters, digits, "_", "." and "-". ${asText}` };
  }
  const namespace = isNamespace(word.toLowerCase()) ? word.toLowerCase() : nearest(word, NAMESPACES);
  const correction = `{{${namespace ?? 'var'}:${(name ?? '').trim()}}}`;
  const known = namespace === undefined ? 'Placeholders are {{var:NAME}} and {{secret:NAME}}.' : '';
  return {
    text,
    message: `"${text}" is not a placeholder that Liftlock knows`,
    hint: `${known || `Did you mean "${correction}"?`} ${asText}`,
  };
}

function isNamespace(word: string): word is Namespace {
  return (NAMESPACES as readonly string[]).includes(word);
}

/** The text that is parsed as exactly the given literal. */
export function escapeText(text: string): string {
  if (!text.includes('{{')) return text;
  return text.replace(OPENING, (opening: string, backslashes: string) => `${backslashes}\\${opening}`);
}

/** How a placeholder is written. */
export function placeholderText(placeholder: Placeholder): string {
  return `{{${placeholder.namespace}:${placeholder.name}}}`;
}

/** All placeholders of a text. */
export function placeholdersOf(text: string): Placeholder[] {
  return parseText(text).parts.filter((part): part is Placeholder => typeof part !== 'string');
}

/** The placeholder that makes up the whole text, if it does. */
export function wholePlaceholder(text: string): Placeholder | undefined {
  const { parts } = parseText(text);
  const [only] = parts;
  return parts.length === 1 && typeof only === 'object' ? only : undefined;
}
