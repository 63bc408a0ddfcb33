import { equalJson, isObject, type Json, type JsonObject } from '../../model/json';
import type { Kind } from '../../model/kind';
import { identitiesOf, listRuleAt, parseLists, type ParsedLists } from '../../model/lists';
import { isField, parsePath, type Path } from '../../model/path';
import { KEEP, type AddedField, type Patch } from '../../workspace/patch';
import { fieldOrder } from '../../workspace/schema-fields';
import { parseYaml } from '../../workspace/yaml';
import { editYaml } from '../../workspace/yaml-edit';
import type { Templated } from './accept';

/**
 * Writes template text over places of an artifact's file; everything else stays to the byte. `rendered` is what the file
 * means element for element, to find list elements by identity. Returns undefined when a place cannot be found. Pure.
 */
export function retemplated(
  kind: Kind,
  text: string,
  rendered: Json,
  written: Templated['written'],
): { text: string; isRewritten: boolean } | undefined {
  const old = parseYaml('', text).value;
  if (!isObject(old)) return undefined;
  const lists = parseLists(kind.lists);
  let next: Json | undefined = old;
  for (const { path, template } of written) {
    next = next === undefined ? undefined : put(next, rendered, parsePath(path), 0, template, lists);
  }
  return next === undefined ? undefined : editYaml(text, old, patchTo(kind, old, next, []));
}

/** A copy of the template with a value at a keyed path, whose list elements are found in the rendered value. */
function put(
  node: Json | undefined,
  rendered: Json | undefined,
  path: Path,
  depth: number,
  value: Json,
  lists: ParsedLists,
): Json | undefined {
  const segment = path[depth];
  if (!segment) return value;
  if (isField(segment)) {
    if (node !== undefined && !isObject(node)) return undefined;
    const { field } = segment;
    const map: JsonObject = node ?? {};
    const inner = put(map[field], isObject(rendered) ? rendered[field] : undefined, path, depth + 1, value, lists);
    return inner === undefined ? undefined : { ...map, [field]: inner };
  }
  if (!Array.isArray(node) || !Array.isArray(rendered) || node.length !== rendered.length) return undefined;
  const index = identitiesOf(rendered, listRuleAt(lists, path.slice(0, depth))).indexOf(segment.item);
  if (index < 0) return undefined;
  const inner = put(node[index], rendered[index], path, depth + 1, value, lists);
  return inner === undefined ? undefined : node.map((element, position) => (position === index ? inner : element));
}

function patchTo(kind: Kind, old: Json, next: Json, at: Path): Patch {
  if (equalJson(old, next)) return KEEP;
  if (isObject(old) && isObject(next)) return mapPatch(kind, old, next, at);
  if (Array.isArray(old) && Array.isArray(next) && old.length === next.length) {
    return {
      kind: 'list',
      items: next.map((element, from) => ({
        from,
        patch: patchTo(kind, old[from] ?? null, element, [...at, { item: String(from) }]),
      })),
    };
  }
  return { kind: 'write', value: next };
}

function mapPatch(kind: Kind, old: JsonObject, next: JsonObject, at: Path): Patch {
  const fields = new Map<string, Patch>();
  for (const field of Object.keys(old)) {
    const patch = patchTo(kind, old[field] ?? null, next[field] ?? null, [...at, { field }]);
    if (patch.kind !== 'keep') fields.set(field, patch);
  }
  const order = fieldOrder(kind, at);
  const present = Object.keys(old);
  const added = Object.keys(next)
    .filter((field) => !Object.hasOwn(old, field))
    .map((field): AddedField => {
      const before = order.slice(0, Math.max(0, order.indexOf(field)));
      const after = before.findLast((name) => present.includes(name)) ?? present.at(-1);
      present.push(field);
      return { field, value: next[field] ?? null, ...(after === undefined ? {} : { after }) };
    });
  return { kind: 'map', fields, added };
}
