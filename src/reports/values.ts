import { isObject, type Json } from '../model/json';
import { formatPath } from '../model/path';

/** How the comparison names a secret inside a larger value. */
const HIDDEN = '(secret)';

/** A value on one line: texts bare where that is unmistakable, lists and maps in flow form. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return bareText(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(innerText).join(', ');
  return flowText(value);
}

function bareText(text: string): string {
  const mistakable = text === '' || /^\s|\s$/.test(text) || isLiteral(text);
  return mistakable ? JSON.stringify(text) : text;
}

/** Texts such as `true`, `12` or `[]` look like something else. */
function isLiteral(text: string): boolean {
  return /^(?:true|false|null|-?\d+(?:\.\d+)?|\[.*\]|\{.*\})$/s.test(text);
}

function innerText(value: Json): string {
  return typeof value === 'string' && !/[,{}[\]]/.test(value) ? bareText(value) : flowText(value);
}

function flowText(value: Json): string {
  if (typeof value === 'string') return value === HIDDEN ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(innerText).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const fields = Object.entries(value).map(([field, inner]) => `${field}: ${innerText(inner)}`);
  return `{${fields.join(', ')}}`;
}

/** The scalars, lists and empty maps inside a value, with their paths below `path`. */
export function leavesOf(path: string, value: Json): { path: string; value: Json }[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([field, inner]) => {
    const own = formatPath([{ field }]);
    return leavesOf(path === '' ? own : `${path}.${own}`, inner);
  });
}

/** True for a value that says "off" or "nothing". */
export function isBlank(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === false || value === '';
}

/** True when the comparison hid a secret in place of this value. */
export function isHidden(value: Json): boolean {
  return value === HIDDEN;
}
