import { isObject, type JsonObject } from '../model/json';
import { failure, type Place, type Problem } from '../model/problem';
import { FILE_KINDS, type ProductFileKind } from './kinds';
import { MOST_BYTES } from './limits';
import { treeOfNode, type SourceNode } from './node-tree';
import { decodeText, formatOf, SourceText, type FileFormat } from './source-text';
import { TreeNotes, type TreePath } from './tree';
import { readXml, type XmlElement } from './xml-document';
import { treeOfElement } from './xml-tree';
import { readYaml } from './yaml-document';

export interface ReadOptions {
  /** What messages call the file; its ending decides the format where `format` does not. */
  readonly file: string;
  readonly format?: FileFormat;
  /** Takes a text in the place of a list of texts for its elements, joined by commas. The product refuses such a file. */
  readonly joinedLists?: boolean;
}

/** A file that the product exported, as a tree that is the same whatever format the file has. */
export interface ProductFile {
  readonly kind: ProductFileKind;
  readonly format: FileFormat;
  /**
   * Field names of the product's own model, as in its JSON and YAML (`applicationName`,
   * `inboundAuthenticationConfig.inboundAuthenticationRequestConfigs[]` …). Lists are lists however XML writes them; flags
   * and numbers are such; an empty text is `''` and an absent field absent. An inner document in `inboundConfiguration` is
   * read into `inboundConfigurationProtocol`, as the newer dialect has it. Fields that are not known keep their names, and
   * their scalars are texts. Holds secrets in clear.
   */
  readonly root: JsonObject;
  /** Warnings. Errors are thrown. */
  readonly problems: readonly Problem[];
  /** Where the value at a path stands in the file, or the nearest one around it. */
  place(path: TreePath): Place;
  /** The outermost node around a path, or at it, that is not known; undefined for a path of known names. */
  strangerAround(path: TreePath): TreePath | undefined;
}

/**
 * Reads a service provider, identity provider or claim dialect file in any format and dialect of the product (reference,
 * section 3.1). Throws a LiftlockError with line and column for files that are damaged, hostile, or no such file.
 */
export function readProductFile(bytes: Uint8Array | string, options: ReadOptions): ProductFile {
  const { file } = options;
  const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  refuseSize(raw.length, 'xml', file);
  const source = new SourceText(file, decodeText(raw, file));
  const format = options.format ?? formatOf(file, source.text);
  refuseSize(raw.length, format, file);
  if (source.text.trim() === '') throw failure('empty-file', 'The file is empty', { place: { file } });
  const notes = new TreeNotes(source, options.joinedLists);
  return format === 'xml' ? fromXml(source, notes) : fromYaml(source, notes, format);
}

function refuseSize(size: number, format: FileFormat, file: string): void {
  if (size <= MOST_BYTES[format]) return;
  const most = `${MOST_BYTES[format] / 1_000_000} MB`;
  throw failure('too-large', `The file is larger than ${most}, the most that is read as ${format.toUpperCase()}`, {
    place: { file },
    hint: 'Name a file with one service provider, identity provider or claim dialect.',
  });
}

const NO_EXPORT = 'Name a service provider, identity provider or claim dialect file that the product exported.';

function fromXml(source: SourceText, notes: TreeNotes): ProductFile {
  const element = readXml(source);
  const known = FILE_KINDS.find(({ root }) => root === element.name);
  if (!known)
    throw source.fault('unknown-file', `<${element.name}> is no export of the product`, element.offset, NO_EXPORT);
  const root = treeOfElement(
    known.kind === 'claim-dialect' ? withClaimTypes(element) : element,
    known.shape,
    [],
    notes,
  );
  return result(known.kind, 'xml', root, notes);
}

/** In XML the name of an element says what JSON says in `type` (reference, 2.3.4). */
function withClaimTypes(element: XmlElement): XmlElement {
  const types = new Map([
    ['LocalClaimConfiguration', 'LocalClaim'],
    ['ExternalClaimConfiguration', 'ExternalClaim'],
  ]);
  const children = element.children.map((list) =>
    list.name === 'claims'
      ? { ...list, children: list.children.map((claim) => typed(claim, types.get(claim.name))) }
      : list,
  );
  return { ...element, children };
}

function typed(claim: XmlElement, type: string | undefined): XmlElement {
  if (type === undefined) return claim;
  const mark = { name: 'type', attributes: new Map<string, string>(), children: [], text: type, offset: claim.offset };
  return { ...claim, children: [mark, ...claim.children] };
}

function fromYaml(source: SourceText, notes: TreeNotes, format: FileFormat): ProductFile {
  const node = readYaml(source);
  const known = FILE_KINDS.find(({ mark }) => hasField(node, mark));
  if (!known) {
    const marks = FILE_KINDS.map(({ mark }) => mark).join(', ');
    throw source.fault(
      'unknown-file',
      `The file has none of ${marks}: it is no export of the product`,
      node.offset,
      NO_EXPORT,
    );
  }
  return result(known.kind, format, treeOfNode(node, known.shape, known.root, [], notes), notes);
}

function hasField(node: SourceNode, name: string): boolean {
  return node.type === 'map' && node.entries.some((entry) => entry.name === name);
}

function result(kind: ProductFileKind, format: FileFormat, root: unknown, notes: TreeNotes): ProductFile {
  const tree: JsonObject = isObject(root) ? root : {};
  return {
    kind,
    format,
    root: tree,
    problems: notes.problems,
    place: (path) => notes.place(path),
    strangerAround: (path) => notes.strangerAround(path),
  };
}
