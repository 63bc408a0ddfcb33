import type { JsonObject } from '../model/json';
import type { ProductFileKind } from './kinds';
import type { FileFormat } from './source-text';
import { xmlText, type XmlDialect } from './write-xml';
import { jsonFileText, yamlFileText } from './write-yaml';

export interface WriteOptions {
  readonly format: FileFormat;
  /** Only for XML; `export` is what every version reads. */
  readonly dialect?: XmlDialect;
}

/** The text of a file with which the product's import makes what the tree says. */
export function writeProductFile(
  kind: ProductFileKind,
  root: JsonObject,
  { format, dialect = 'export' }: WriteOptions,
): string {
  if (format === 'xml') return xmlText(kind, root, dialect);
  return format === 'yaml' ? yamlFileText(kind, root) : jsonFileText(kind, root);
}
