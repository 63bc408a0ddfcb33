import type { ZodType } from 'zod';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { environmentSchema } from './environment';
import { jsonSchemaOf } from './schema-fields';
import { SCHEMA_FOLDER, schemaFile } from './schema-line';
import { settingsSchema } from './settings';
import { writeFiles, type FileChange, type WriteResult } from './writing';

export { orderFields } from './schema-fields';

export const SETTINGS_SCHEMA_FILE = `${SCHEMA_FOLDER}/liftlock.schema.json`;
export const ENVIRONMENT_SCHEMA_FILE = `${SCHEMA_FOLDER}/environment.schema.json`;

/** Names that liftlock.yaml may use, for completion in editors. */
export interface KnownNames {
  readonly products?: readonly string[];
}

/** The JSON Schemas of all files of a workspace, by path. */
export function schemaFiles(kinds: readonly Kind[], known: KnownNames = {}): FileChange[] {
  const settings = withNames(jsonSchemaOf(settingsSchema), kinds, known);
  return [
    { path: SETTINGS_SCHEMA_FILE, text: jsonText(titled(settings, 'liftlock.yaml')) },
    { path: ENVIRONMENT_SCHEMA_FILE, text: jsonText(titled(jsonSchemaOf(environmentSchema), 'Environment')) },
    ...kinds.map((kind) => ({ path: schemaFile(kind), text: jsonText(artifactSchema(kind)) })),
  ];
}

/** Writes the JSON Schemas to `schemas/`; files that are up to date are not touched. */
export function writeSchemas(
  root: string,
  kinds: readonly Kind[],
  known: KnownNames = {},
): Promise<Map<string, WriteResult>> {
  return writeFiles(root, schemaFiles(kinds, known));
}

/** The JSON Schema of a kind's files: that of the artifact, with placeholders wherever a value may stand. */
export function artifactSchema(
  kind: Pick<Kind, 'schema' | 'title' | 'keyFields'> & { readonly schema: ZodType },
): JsonObject {
  const root = jsonSchemaOf(kind.schema);
  const loosened = loosenParts(root, new Set(kind.keyFields));
  return titled(loosened, kind.title);
}

const WHOLE = { type: 'string', pattern: '^\\{\\{(var|secret):[^{}]+\\}\\}$' } as const;
const PARTIAL = { type: 'string', pattern: '\\{\\{(var|secret):[^{}]+\\}\\}' } as const;
/** What a schema of a text may say and still accept every text with a placeholder. */
const FREE_TEXT = new Set(['type', 'description', 'title', 'default', 'examples']);

function loosen(node: Json): Json {
  if (!isObject(node)) return node;
  const { description, ...rest } = loosenParts(node);
  const isText = node.type === 'string';
  // An empty schema accepts everything already; so does a text without rules accept every placeholder.
  const isFree = Object.keys(rest).length === 0 || (isText && Object.keys(node).every((key) => FREE_TEXT.has(key)));
  const outer: JsonObject = description === undefined ? {} : { description };
  return isFree ? { ...outer, ...rest } : { ...outer, anyOf: [rest, isText ? { ...PARTIAL } : { ...WHOLE }] };
}

function loosenParts(node: JsonObject, exact: ReadonlySet<string> = new Set()): JsonObject {
  const result: JsonObject = { ...node };
  if (isObject(node.properties)) {
    const entries = Object.entries(node.properties).map(([field, inner]): [string, Json] => [
      field,
      exact.has(field) ? inner : loosen(inner),
    ]);
    result.properties = Object.fromEntries(entries);
  }
  for (const key of ['items', 'additionalProperties']) {
    const inner = node[key];
    if (isObject(inner)) result[key] = loosen(inner);
  }
  // Alternatives and definitions are wrapped where they are used, not once more inside.
  for (const key of ['anyOf', 'oneOf', 'allOf', 'items']) {
    const inner = node[key];
    if (Array.isArray(inner)) result[key] = inner.map((part) => (isObject(part) ? loosenParts(part) : part));
  }
  if (isObject(node.definitions)) {
    const entries = Object.entries(node.definitions).map(([name, inner]): [string, Json] => [
      name,
      isObject(inner) ? loosenParts(inner) : inner,
    ]);
    result.definitions = Object.fromEntries(entries);
  }
  return result;
}

function withNames(settings: JsonObject, kinds: readonly Kind[], known: KnownNames): JsonObject {
  const properties = isObject(settings.properties) ? settings.properties : {};
  const product = isObject(properties.product) ? properties.product : {};
  const kindList = isObject(properties.kinds) ? properties.kinds : {};
  const items = { type: 'string', enum: kinds.map(({ name }) => name) };
  return {
    ...settings,
    properties: {
      ...properties,
      product: known.products ? { ...product, enum: [...known.products] } : product,
      kinds: { ...kindList, items },
    },
  };
}

function titled(schema: JsonObject, title: string): JsonObject {
  const { $schema, ...rest } = schema;
  return { ...($schema === undefined ? {} : { $schema }), title, ...rest };
}

function jsonText(value: Json): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
