import path from 'node:path';
import type { Place } from '../model/problem';

/** `file:line:column`, as far as known. */
export function placeText({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

/** `1 artifact`, `2 artifacts`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

/** The command that leads from one folder to another, as a list that is empty where they are the same. */
export function wayInto(folder: string, from: string): string[] {
  const relative = path.relative(from, folder);
  if (relative === '') return [];
  const word = /^[\w./\\:@+-]+$/.test(relative) ? relative : `'${relative.replaceAll("'", `'\\''`)}'`;
  return [`cd ${word}`];
}

/** The heading of a kind: `identity-provider` → `Identity providers`. */
export function kindTitle(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return plural(words.charAt(0).toUpperCase() + words.slice(1));
}

function plural(noun: string): string {
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
