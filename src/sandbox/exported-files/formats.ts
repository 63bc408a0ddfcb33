import type { Json, JsonObject } from '../../model/json';
import { uncaughtException } from '../failures';
import type { UploadedFile } from '../http/multipart';
import type { Answer, Call } from '../http/route';
import { readXml, writeXml, type XmlElement } from './xml';
import { readTaggedYaml, writeTaggedYaml, type YamlTags } from './yaml';

export type FileFormat = 'json' | 'xml' | 'yaml';

/** How one type of object is written to files: the Java classes that its YAML names, and its XML elements. */
export interface FileModel {
  readonly tags: YamlTags;
  readonly xml: XmlElement;
}

const EXTENSIONS: Readonly<Record<FileFormat, string>> = { json: 'json', xml: 'xml', yaml: 'yml' };

/**
 * The format that a media type stands for. Whatever the product does not know, it takes for YAML, and so is the
 * `*` of a client that names none.
 */
function formatOf(mediaType: string): FileFormat {
  const bare = (/^[^;,]*/.exec(mediaType)?.[0] ?? '').trim().toLowerCase();
  if (bare === 'application/xml' || bare === 'text/xml') return 'xml';
  return bare === 'application/json' || bare === 'text/json' ? 'json' : 'yaml';
}

/**
 * The answer of an export: the Accept header chooses the format (reference §1.3, §2.2.6), the content type is the
 * format's own, and nothing may be cached. Without an Accept header the product breaks down with 500.
 * @param contents what goes into the file, which may depend on the format
 */
export function exportedFile(
  call: Call,
  name: string,
  model: FileModel,
  contents: (format: FileFormat) => JsonObject,
): Answer {
  const accept = call.headers.accept;
  if (accept === undefined || accept.trim() === '') throw uncaughtException();
  const format = formatOf(accept);
  return {
    status: 200,
    // As bytes, lest a charset be added to the content type.
    text: Buffer.from(written(format, model, contents(format)), 'utf8'),
    contentType: `application/${format}`,
    headers: {
      'Content-Disposition': attachment(name, format),
      'Cache-Control': 'no-cache, no-store, must-revalidate',
      Pragma: 'no-cache',
      Expires: '0',
    },
  };
}

/** The Content-Disposition of an exported file (reference §1.3). */
export function attachment(name: string, format: FileFormat): string {
  return `attachment; filename="${headerSafe(name)}.${EXTENSIONS[format]}"`;
}

/** Header values are Latin-1 without control characters; anything else in a name would break the answer. */
function headerSafe(name: string): string {
  return name.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
}

function written(format: FileFormat, model: FileModel, contents: JsonObject): string {
  if (format === 'json') return JSON.stringify(contents);
  return format === 'xml' ? writeXml(model.xml, contents) : writeTaggedYaml(model.tags, contents);
}

/** The part `file` of an import; the product does not expect it to be missing. */
export function importedFile(call: Call): UploadedFile {
  const file = call.files.file;
  if (!file) throw uncaughtException();
  return file;
}

/**
 * What an uploaded file says; its format is that of the part's content type, never of its name (reference §1.3).
 * @returns undefined when it is empty or cannot be read in that format
 */
export function readFileModel(file: UploadedFile, model: FileModel): JsonObject | undefined {
  const content = file.bytes.toString('utf8');
  if (content === '') return undefined;
  const format = formatOf(file.contentType);
  if (format === 'json') return jsonObject(content);
  return format === 'xml' ? readXml(model.xml, content) : readTaggedYaml(content);
}

function jsonObject(content: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(content);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
