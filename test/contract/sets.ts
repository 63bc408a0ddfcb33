import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import type { JsonObject } from '../../src/model/json';
import type { Version } from '../../src/sandbox/versions';
import { RESPELLINGS } from './differences';
import { operationsOf, type Operation } from './openapi';

/** The official OpenAPI files, a folder for each set. They lie beside the repository, not in it. */
const FOLDER = path.resolve(__dirname, '../../../shared/contract/wso2-is');

export const isContractThere = existsSync(FOLDER);

/** Of the contract sets, oldest first; `newest` was written after 7.3. */
export const SETS = ['5.11.0', '6.1.0', '7.0.0', '7.1.0', 'newest'] as const;
export type SetName = (typeof SETS)[number];

/** The set that a version of the sandbox is held against: its own, or the next one that there is. */
export const SET_OF: Readonly<Record<Version, SetName>> = {
  '5.11': '5.11.0',
  '6.0': '6.1.0',
  '6.1': '6.1.0',
  '7.0': '7.0.0',
  '7.1': '7.1.0',
  '7.2': 'newest',
  '7.3': 'newest',
  next: 'newest',
};

/** Files that older sets do not have, and from which set on the newest one stands in for them. */
const STAND_INS: Readonly<Record<string, SetName>> = {
  'userstore.yaml': '5.11.0',
  'oidc.scope.management.yaml': '5.11.0',
  'api.resource.yaml': '7.0.0',
  'authenticators.yaml': '5.11.0',
  'configs.yaml': '5.11.0',
};

/** What is needed of a contract: the operations that a path could belong to. */
export interface ContractSource {
  operations(pathname: string): readonly Operation[];
}

/**
 * The files of a set. Reading one takes a tenth of a second, so only those are read that name the first segment of a
 * path behind the base path.
 */
export class ContractSet implements ContractSource {
  private readonly parsed = new Map<string, readonly Operation[]>();
  private readonly texts: ReadonlyMap<string, string>;
  private readonly bySegment = new Map<string, readonly Operation[]>();

  constructor(name: SetName) {
    const standIns = Object.keys(STAND_INS).filter(
      (file) => SETS.indexOf(STAND_INS[file] ?? name) <= SETS.indexOf(name),
    );
    this.texts = new Map([...textsOf('newest', standIns), ...textsOf(name)]);
  }

  operations(pathname: string): readonly Operation[] {
    const segment = /^\/api\/server\/v\d\/([^/]+)/.exec(pathname)?.[1] ?? '';
    const known = this.bySegment.get(segment) ?? this.read(segment);
    this.bySegment.set(segment, known);
    return known;
  }

  /** The number of all operations; it reads all files. */
  get size(): number {
    return [...this.texts].flatMap(([file, text]) => this.parse(file, text)).length;
  }

  private read(segment: string): readonly Operation[] {
    if (segment === '') return [];
    const mentions = new RegExp(`^\\s+["']?/${segment.replace(/\W/g, '\\$&')}\\b`, 'm');
    return [...this.texts].flatMap(([file, text]) => (mentions.test(text) ? this.parse(file, text) : []));
  }

  private parse(file: string, text: string): readonly Operation[] {
    const operations = this.parsed.get(file) ?? operationsOf(openApiDocument(respelt(file, text)));
    this.parsed.set(file, operations);
    return operations;
  }
}

function textsOf(name: SetName, only?: readonly string[]): Map<string, string> {
  const folder = path.join(FOLDER, name === 'newest' ? 'openapi' : `openapi-${name}`);
  const files = only ?? readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
}

function respelt(file: string, text: string): string {
  return RESPELLINGS.filter((each) => each.file === file).reduce(
    (spelt, { contract, server }) => spelt.replaceAll(`${contract}:`, `${server}:`),
    text,
  );
}

const CACHE = path.resolve(__dirname, '../../node_modules/.cache/liftlock-contract');

/** An OpenAPI file as JSON. Reading YAML takes a hundred times longer, so the outcome is kept beside the libraries. */
function openApiDocument(text: string): JsonObject {
  const file = path.join(CACHE, `${createHash('sha256').update(text).digest('hex')}.json`);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : JSON.stringify(parsed(text));
  if (!existsSync(file)) keep(file, kept);
  const document: JsonObject = JSON.parse(kept);
  return document;
}

/** Other workers may do the same at the same time: the file is whole as soon as it is there. */
function keep(file: string, text: string): void {
  mkdirSync(CACHE, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function parsed(text: string): unknown {
  const document = parseDocument(indented(text));
  const [error] = document.errors;
  if (error) throw error;
  return document.toJS();
}

/** Some files have quoted texts that go on with too little indentation; what stands behind them would be lost. */
function indented(text: string): string {
  let quote: { readonly mark: string; readonly indent: number } | undefined;
  const lines = text.split('\n').map((line) => {
    if (!quote) {
      const [, indent = '', mark = ''] = /^(\s*)[\w$-]+:\s+(["'])(?:(?!\2)[^\\]|\\.)*$/.exec(line) ?? [];
      if (mark !== '') quote = { mark, indent: indent.length };
      return line;
    }
    const isDeep = line.trim() === '' || line.search(/\S/) > quote.indent;
    const moved = isDeep ? line : `${' '.repeat(quote.indent + 2)}${line.trim()}`;
    if (line.trimEnd().endsWith(quote.mark)) quote = undefined;
    return moved;
  });
  return lines.join('\n');
}
