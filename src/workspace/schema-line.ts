import type { Kind } from '../model/kind';

export const SCHEMA_FOLDER = 'schemas';

/** File name of a kind's JSON Schema. */
export function schemaFile(kind: Pick<Kind, 'name'>): string {
  return `${SCHEMA_FOLDER}/${kind.name}.schema.json`;
}

/** First line of a new artifact file (in `artifacts/<kind folder>/`): editors complete and check by it. */
export function schemaLine(kind: Pick<Kind, 'name'>): string {
  return schemaComment(`../../${schemaFile(kind)}`);
}

export function schemaComment(path: string): string {
  return `# yaml-language-server: $schema=${path}`;
}
