import { isObject, type Json } from '../model/json';
import { isField, type Path } from '../model/path';

/** All texts that stand in a value at the places of a pattern such as `steps[].options[].idp`. */
export function textsAt(node: Json | undefined, pattern: Path): string[] {
  const [segment, ...rest] = pattern;
  if (!segment) return typeof node === 'string' ? [node] : [];
  if (isField(segment)) return isObject(node) ? textsAt(node[segment.field], rest) : [];
  return Array.isArray(node) ? node.flatMap((element) => textsAt(element, rest)) : [];
}
