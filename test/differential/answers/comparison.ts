import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../../../src/model/json';
import type { Answer } from '../server';

export type DifferenceKind =
  'status' | 'header' | 'absent' | 'additional' | 'type' | 'number of elements' | 'order' | 'value';

/** One place in which the sandbox answers otherwise than the real server. */
export interface Difference {
  /**
   * `status`, `header NAME`, or the path of a field of the body, in which `[]` stands for every index: `steps[].id`; of a
   * refusal it begins with `error`.
   */
  readonly field: string;
  readonly kind: DifferenceKind;
  readonly real: Json | undefined;
  readonly sandbox: Json | undefined;
}

/** All places in which two answers differ; where the statuses differ, it is the only one. */
export function differences(real: Answer, sandbox: Answer): Difference[] {
  if (real.status !== sandbox.status) {
    return [{ field: 'status', kind: 'status', real: described(real), sandbox: described(sandbox) }];
  }
  const names = [...new Set([...Object.keys(real.headers), ...Object.keys(sandbox.headers)])];
  const headers = names.flatMap((name): Difference[] => {
    const [ours, theirs] = [sandbox.headers[name], real.headers[name]];
    return ours === theirs ? [] : [{ field: `header ${name}`, kind: 'header', real: theirs, sandbox: ours }];
  });
  return [...headers, ...inBodies(real.body, sandbox.body, real.status >= 400 ? 'error' : '')];
}

function described({ status, body }: Answer): string {
  const code = isObject(body) && body['code'] !== undefined ? ` ${String(body['code'])}` : '';
  const text = isObject(body) && typeof body['description'] === 'string' ? ` (${body['description']})` : '';
  return `${status}${code}${text}`;
}

function inBodies(real: Json, sandbox: Json, field: string): Difference[] {
  if (isDeepStrictEqual(real, sandbox)) return [];
  if (isObject(real) && isObject(sandbox)) return inObjects(real, sandbox, field);
  if (Array.isArray(real) && Array.isArray(sandbox)) return inLists(real, sandbox, field);
  const kind = typeOf(real) === typeOf(sandbox) ? 'value' : 'type';
  return [{ field: field === '' ? 'body' : field, kind, real, sandbox }];
}

function inObjects(real: JsonObject, sandbox: JsonObject, at: string): Difference[] {
  const names = [...new Set([...Object.keys(real), ...Object.keys(sandbox)])];
  return names.flatMap((name): Difference[] => {
    const field = at === '' ? name : `${at}.${name}`;
    const [theirs, ours] = [real[name], sandbox[name]];
    if (theirs === undefined) return [{ field, kind: 'additional', real: theirs, sandbox: ours }];
    if (ours === undefined) return [{ field, kind: 'absent', real: theirs, sandbox: ours }];
    return inBodies(theirs, ours, field);
  });
}

function inLists(real: readonly Json[], sandbox: readonly Json[], at: string): Difference[] {
  const field = `${at}[]`;
  const [onlyReal, onlySandbox] = [without(real, sandbox), without(sandbox, real)];
  if (real.length !== sandbox.length) {
    return [{ field, kind: 'number of elements', real: brief(real, onlyReal), sandbox: brief(sandbox, onlySandbox) }];
  }
  if (onlyReal.length === 0 && onlySandbox.length === 0) {
    return [{ field, kind: 'order', real: real.map(nameOf), sandbox: sandbox.map(nameOf) }];
  }
  const named = real.map(nameOf);
  const isReordered =
    !isDeepStrictEqual(named, sandbox.map(nameOf)) && isDeepStrictEqual([...named].sort(), sandbox.map(nameOf).sort());
  const order: Difference[] = isReordered ? [{ field, kind: 'order', real: named, sandbox: sandbox.map(nameOf) }] : [];
  return [...order, ...pairs(real, sandbox, isReordered).flatMap(([a, b]) => inBodies(a, b, field))];
}

function pairs(real: readonly Json[], sandbox: readonly Json[], byName: boolean): [Json, Json][] {
  return real.map((element, index) => {
    const fellow = byName ? sandbox.find((other) => nameOf(other) === nameOf(element)) : sandbox[index];
    return [element, fellow ?? null];
  });
}

function without(list: readonly Json[], other: readonly Json[]): Json[] {
  return list.filter((element) => !other.some((each) => isDeepStrictEqual(each, element)));
}

function brief(list: readonly Json[], alone: readonly Json[]): string {
  return `${list.length}; only here: ${alone.slice(0, 12).map(nameOf).join(', ')}`;
}

/** What an element of a list is known by, or all of it. */
function nameOf(element: Json): string {
  if (!isObject(element)) return JSON.stringify(element);
  const names = ['claimURI', 'dialectURI', 'name', 'key', 'authenticatorId', 'connectorId', 'type', 'id'];
  const known = names.find((name) => typeof element[name] === 'string');
  return known === undefined ? JSON.stringify(element) : String(element[known]);
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
