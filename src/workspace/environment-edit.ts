import { type Document, isMap, isScalar, parseDocument, YAMLMap } from 'yaml';
import type { JsonObject } from '../model/json';
import { yamlNode } from './yaml-text';

/**
 * The text of an environment file with more variables and overrides; comments and everything else stay. What is there
 * already under a name is replaced. Pure.
 */
export function withVariables(
  text: string,
  variables: JsonObject,
  overrides: { readonly [artifact: string]: JsonObject },
): string {
  const names = Object.keys(variables);
  const artifacts = Object.keys(overrides);
  if (names.length === 0 && artifacts.length === 0) return text;
  const document = parseDocument(text);
  for (const name of names) mapIn(document, ['variables']).set(yamlNode(name), yamlNode(variables[name] ?? null));
  for (const artifact of artifacts) {
    const held = mapIn(document, ['overrides', artifact]);
    for (const [path, value] of Object.entries(overrides[artifact] ?? {})) held.set(yamlNode(path), yamlNode(value));
  }
  return document.toString({ lineWidth: 0, indent: 2, blockQuote: 'literal' });
}

/** The map at a path, made where it is missing. A map written as `{}` becomes one of lines, so that it stays readable. */
function mapIn(document: Document.Parsed, path: readonly string[]): YAMLMap {
  const found = document.getIn(path, true);
  if (isMap(found)) {
    if (found.items.length === 0) found.flow = false;
    return found;
  }
  const made = new YAMLMap();
  if (document.contents === null || isScalar(document.contents)) document.contents = new YAMLMap() as never;
  document.setIn(path, made);
  return made;
}
