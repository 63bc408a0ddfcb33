import type { Json } from '../model/json';
import { fieldNamed, type ListShape, type MapShape, type Shape } from './shape';
import { mapFrom, scalar, type TreeNotes, type TreePath } from './tree';

/** A node of a YAML or JSON file; scalars keep their spelling, so that nothing depends on how a number is read. */
export type SourceNode =
  | { readonly type: 'scalar'; readonly text: string | null; readonly offset: number }
  | { readonly type: 'list'; readonly items: readonly SourceNode[]; readonly offset: number }
  | {
      readonly type: 'map';
      readonly entries: readonly { readonly name: string; readonly value: SourceNode; readonly offset: number }[];
      readonly offset: number;
    };

/** Brings a node into the shape that it is to have. Fields that the shape does not know keep their names. */
export function treeOfNode(
  node: SourceNode,
  shape: Shape,
  name: string,
  path: TreePath,
  notes: TreeNotes,
): Json | undefined {
  notes.at(path, node.offset);
  if (node.type === 'scalar' && node.text === null) return undefined;
  switch (shape.type) {
    case 'map':
      return mapOf(node, shape, name, path, notes);
    case 'list':
      return listOf(node, shape, name, path, notes);
    default:
      if (node.type !== 'scalar' || node.text === null)
        throw wrongType(name, 'a text, a number or a flag', node, notes);
      return scalar(shape, node.text, name, node.offset, notes);
  }
}

function mapOf(node: SourceNode, shape: MapShape, name: string, path: TreePath, notes: TreeNotes): Json | undefined {
  if (node.type === 'scalar' && node.text !== null && fieldNamed(shape, 'Name') !== undefined)
    return { name: node.text };
  if (node.type !== 'map') throw wrongType(name, 'a map', node, notes);
  const entries = new Map<string, Json>();
  for (const { name: own, value, offset } of node.entries) {
    const known = fieldNamed(shape, own) ?? own;
    const inner = shape.fields[known]?.shape;
    if (entries.has(known)) throw notes.source.fault('duplicate-field', `"${own}" is given twice`, offset);
    const at = [...path, known];
    if (!inner) notes.stranger(at);
    const read = inner ? treeOfNode(value, inner, own, at, notes) : unknown(value, at, notes);
    notes.at(at, offset);
    if (read !== undefined) entries.set(known, read);
  }
  return mapFrom(entries);
}

function listOf(node: SourceNode, { of }: ListShape, name: string, path: TreePath, notes: TreeNotes): Json[] {
  if (notes.joinedLists && of.type === 'text' && node.type === 'scalar') {
    return (node.text ?? '').split(',').filter((item) => item !== '');
  }
  if (node.type !== 'list') throw wrongType(name, 'a list', node, notes);
  return node.items.flatMap((item, index) => {
    const read = treeOfNode(item, of, name, [...path, index], notes);
    return read === undefined ? [] : [read];
  });
}

function wrongType(name: string, wanted: string, node: SourceNode, notes: TreeNotes): Error {
  return notes.source.fault('wrong-type', `"${name}" must be ${wanted}`, node.offset);
}

function unknown(node: SourceNode, path: TreePath, notes: TreeNotes): Json | undefined {
  notes.at(path, node.offset);
  if (node.type === 'scalar') return node.text ?? undefined;
  if (node.type === 'list') return node.items.map((item, index) => unknown(item, [...path, index], notes) ?? null);
  const entries = new Map<string, Json>();
  for (const { name, value } of node.entries) {
    const read = unknown(value, [...path, name], notes);
    if (read !== undefined) entries.set(name, read);
  }
  return mapFrom(entries);
}
