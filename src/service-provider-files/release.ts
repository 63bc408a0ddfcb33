import { inVersions } from '../model/kind';
import { isObject, type Json, type JsonObject } from '../model/json';
import { fileKind, type ProductFileKind } from './kinds';
import type { MapShape, Shape } from './shape';
import type { TreePath } from './tree';

/** A tree with what a release has elements for, and the paths of what it lost. */
export interface ReleaseTree {
  readonly root: JsonObject;
  readonly left: readonly TreePath[];
}

/**
 * Leaves out of a tree what the classes of a release have no element for. XML would pass over it in silence, and the
 * readers of YAML and JSON refuse the whole file for it.
 */
export function treeOfRelease(kind: ProductFileKind, root: JsonObject, version: string): ReleaseTree {
  const left: TreePath[] = [];
  return { root: mapOf(root, fileKind(kind).shape, version, [], left), left };
}

function mapOf(value: JsonObject, shape: MapShape, version: string, path: TreePath, left: TreePath[]): JsonObject {
  const entries = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    const field = shape.fields[name];
    const at = [...path, name];
    if (field?.since !== undefined && !inVersions(version, { since: field.since })) {
      left.push(at);
      return [];
    }
    return [[name, nodeOf(inner, field?.shape, version, at, left)]];
  });
  return Object.fromEntries(entries);
}

function nodeOf(value: Json, shape: Shape | undefined, version: string, path: TreePath, left: TreePath[]): Json {
  if (Array.isArray(value)) {
    const of = shape?.type === 'list' ? shape.of : undefined;
    return value.map((item, index) => nodeOf(item, of, version, [...path, index], left));
  }
  return isObject(value) && shape?.type === 'map' ? mapOf(value, shape, version, path, left) : value;
}
