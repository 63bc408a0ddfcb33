import { Document, isMap, isSeq, parseDocument, visit, type Node } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../model/json';

/** The Java class that stands as a tag in front of a map, and those of the lists below it, by field. */
export interface YamlTags {
  readonly root?: string;
  /** The class of an item of this list; undefined leaves it untagged. */
  item?(field: string, item: JsonObject): string | undefined;
}

const MAXIMUM_ALIASES = 100;
const GLOBAL_TAG = 'tag:yaml.org,2002:';

/** YAML as the product's library dumps it: fields by name, the class of the root as a tag. */
export function writeTaggedYaml(tags: YamlTags, contents: JsonObject): string {
  const document = new Document(sorted(contents), { aliasDuplicateObjects: false });
  document.contents = tagged(document.contents, tags.root);
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      const field = String(pair.key);
      const items = contents[field];
      if (!isSeq<Node>(pair.value) || !Array.isArray(items)) continue;
      pair.value.items.forEach((node, index) => {
        const item = items[index];
        if (isObject(item)) tagged(node, tags.item?.(field, item));
      });
    }
  }
  return document.toString({ lineWidth: 0, indentSeq: false });
}

function tagged<T extends Node | null>(node: T, tag: string | undefined): T {
  if (node && tag !== undefined) node.tag = `${GLOBAL_TAG}${tag}`;
  return node;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const fields = Object.keys(value).sort();
  return Object.fromEntries(fields.map((field) => [field, sorted(value[field] ?? null)]));
}

/**
 * Reads YAML whatever its tags say: they only name Java classes, which mean nothing here and are never acted on.
 * @returns undefined when it is no YAML, no map, or a document that unfolds out of its aliases into a giant
 */
export function readTaggedYaml(content: string): JsonObject | undefined {
  try {
    const document = parseDocument(content, { logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    visit(document, { Node: (_key, node) => void ('tag' in node && delete node.tag) });
    const value: unknown = document.toJS({ maxAliasCount: MAXIMUM_ALIASES });
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
