import type { ZodError } from 'zod';
import { isObject, type Json, type JsonObject } from '../model/json';
import type { Kind } from '../model/kind';

/**
 * A live value without the fields that the kind's schema does not know (a newer server has them), and their paths.
 * They are named to the user and stay on the server; a file could not hold them.
 */
export function withoutUnknownFields(kind: Kind, value: JsonObject): { value: JsonObject; unknown: string[] } {
  const parsed = kind.schema.safeParse(value);
  if (parsed.success) return { value, unknown: [] };
  const copy = structuredClone(value);
  const unknown = unknownKeys(parsed.error).flatMap(({ path, keys }) => keys.map((key) => dropField(copy, path, key)));
  return { value: copy, unknown: [...new Set(unknown)] };
}

function unknownKeys(error: ZodError): { path: readonly PropertyKey[]; keys: readonly string[] }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? [{ path: issue.path, keys: issue.keys }] : [],
  );
}

function dropField(root: JsonObject, path: readonly PropertyKey[], key: string): string {
  let node: Json | undefined = root;
  for (const part of path) {
    if (Array.isArray(node)) node = node[Number(part)];
    else node = isObject(node) ? node[String(part)] : undefined;
  }
  if (isObject(node)) delete node[key];
  const fields = path.filter((part) => typeof part === 'string');
  return [...fields, key].join('.');
}
