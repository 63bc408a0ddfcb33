import type { ArtifactName } from '../../model/artifact';
import type { JsonObject } from '../../model/json';
import { keyOf } from '../../model/kind';
import type { Fault, NotTaken, ResourceFile } from '../../iamctl/description';
import { markedTexts, type Marks } from '../../iamctl/marks';
import { Meaning, valueText } from '../../iamctl/meaning';
import { rawSubstituted } from '../../iamctl/raw-substitution';
import { warningProblem, type Problem } from '../../model/problem';
import type { ProductKind } from '../../products/product';
import {
  kindsOfType,
  readResource,
  type ResourceItem,
  type ResourceTexts,
} from '../../products/wso2-is/iamctl-resources';
import { keywordNames, type EnvironmentView } from './views';

/** One artifact on its way: what its file says with placeholders as marks, and what that means in each environment. */
export interface Draft extends ArtifactName {
  readonly definition: ProductKind;
  readonly resource: ResourceFile;
  readonly views: readonly EnvironmentView[];
  readonly marks: Marks;
  /** Marked; undefined where keywords are more than values, so that only the filled-in texts can be read. */
  readonly marked?: JsonObject;
  /** What is meant, by environment. */
  readonly meant: ReadonlyMap<string, JsonObject>;
  /** Keyed paths that the file itself calls confidential. */
  readonly confidential: readonly string[];
  readonly isShipped: boolean;
}

export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly failed: readonly (ArtifactName & { readonly problem: string })[];
  readonly notTaken: readonly NotTaken[];
  readonly problems: readonly Problem[];
}

const NOTHING: Drafted = { drafts: [], failed: [], notTaken: [], problems: [] };

/** The artifacts of a resource file. A file that cannot be read for some environment is a failed artifact. */
export function draftsOf(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
): Drafted {
  const sources = sourcesOf(resource);
  const { texts, marks } = markedTexts(sources, keywordNames(views));
  const read = readResource(resource, asTexts(texts), marks.loose);
  if (!('fault' in read)) {
    const meant = new Map(views.map((view) => [view.name, fillItems(read.items, new Meaning(marks, view.meant))]));
    const problems = [
      ...read.longNumbers.map((number) => longNumber(resource, number)),
      ...(read.notConverted ?? []).map(notConverted),
    ];
    return { ...merged(resource, views, kinds, marks, meant, read.items), problems };
  }
  const filled = filledTexts(resource, views);
  if (!filled) return { ...NOTHING, failed: [unreadable(resource, read.fault)] };
  return { ...merged(resource, views, kinds, marks, filled.meant), problems: filled.problems };
}

export function sourcesOf(resource: ResourceFile): { file: string; text: string }[] {
  return [resource, ...(resource.authorizedApis ? [resource.authorizedApis] : [])];
}

export function asTexts(texts: readonly string[]): ResourceTexts {
  const [text = '', side] = texts;
  return side === undefined ? [text] : [text, side];
}

function fillItems(items: readonly ResourceItem[], meaning: Meaning): ResourceItem[] {
  return items.map((item) => ({ ...item, value: meaning.fill(item.value) as JsonObject }));
}

/**
 * Where marks cannot be read, keywords are more than texts: numbers and flags of the product's own files, or whole parts
 * of a document. Values that mean the same wherever they stand are filled in first; if that is not enough, all are.
 */
function filledTexts(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
): { meant: Map<string, ResourceItem[]>; problems: Problem[] } | undefined {
  const meant = new Map<string, ResourceItem[]>();
  let problems: Problem[] = [];
  for (const view of views) {
    const values = new Map([...view.meant].map(([name, value]) => [name, valueText(value)]));
    const harmless = new Map([...values].filter(([, value]) => HARMLESS.test(value)));
    const read = readFilled(resource, view, harmless) ?? readFilled(resource, view, values);
    if (!read) return undefined;
    meant.set(view.name, read.items);
    problems = read.problems;
  }
  return { meant, problems };
}

/** Values that no file format takes for anything else. */
export const HARMLESS = /^[A-Za-z0-9_.-]+$/;

function readFilled(
  resource: ResourceFile,
  view: EnvironmentView,
  values: ReadonlyMap<string, string>,
): { items: ResourceItem[]; problems: Problem[] } | undefined {
  const filled = sourcesOf(resource).map(({ file, text }) => ({ file, text: rawSubstituted(text, values).first }));
  const { texts, marks } = markedTexts(filled, view.meant.keys());
  const read = readResource(resource, asTexts(texts), marks.loose);
  if ('fault' in read) return undefined;
  const problems = (read.notConverted ?? []).map(notConverted);
  return { items: fillItems(read.items, new Meaning(marks, view.meant)), problems };
}

/** One draft for each artifact that all environments agree on. */
function merged(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
  marks: Marks,
  meant: ReadonlyMap<string, readonly ResourceItem[]>,
  marked?: readonly ResourceItem[],
): Drafted {
  const drafts: Draft[] = [];
  const failed: (ArtifactName & { problem: string })[] = [];
  const notTaken: NotTaken[] = [];
  const first = meant.get(views[0]?.name ?? '') ?? [];
  for (const [index, item] of first.entries()) {
    const definition = kinds.find(({ name }) => name === item.kind);
    if (!definition) continue;
    const key = keyOf(definition, item.value);
    const name = { kind: item.kind, key: key ?? '' };
    const own = new Map(views.map((view) => [view.name, meant.get(view.name)?.[index]?.value ?? {}]));
    const keys = new Set([...own.values()].map((value) => keyOf(definition, value)));
    if (key === undefined || keys.size > 1) {
      failed.push({ ...name, key: key ?? resource.name, problem: keyProblem(definition, [...keys]) });
      continue;
    }
    const isShipped =
      item.isShipped === true || definition.systemKeys.includes(key) || definition.isSystem?.(item.value) === true;
    const value = marked?.[index]?.value;
    drafts.push({
      ...name,
      definition,
      resource,
      views,
      marks,
      meant: own,
      confidential: item.confidential ?? [],
      isShipped,
      ...(value ? { marked: withKey(definition, value, item.value) } : {}),
    });
  }
  const taken = drafts.filter((draft) => !draft.isShipped || usesKeywords(draft));
  const shipped = drafts.length - taken.length;
  if (shipped > 0) notTaken.push(shippedNote(resource, shipped));
  return { drafts: taken, failed, notTaken, problems: [] };
}

/** The key names the artifact in every environment, so it is written out; it was found to be the same everywhere. */
function withKey(kind: ProductKind, marked: JsonObject, meant: JsonObject): JsonObject {
  const fields = kind.keyFields.map((field) => [field, meant[field] ?? null] as const);
  return { ...marked, ...Object.fromEntries(fields) };
}

function usesKeywords({ marked, marks }: Draft): boolean {
  return marked === undefined || marks.within(marked).length > 0;
}

function shippedNote(resource: ResourceFile, count: number): NotTaken {
  const what = count === 1 ? 'artifact' : 'artifacts';
  return {
    source: resource.file,
    why: `${count} ${what} that the product brings along, without keywords; to manage one, release it with "unprotect" and export it`,
  };
}

function keyProblem(kind: ProductKind, keys: readonly (string | undefined)[]): string {
  const [field = 'name'] = kind.keyFields;
  if (keys.every((key) => key === undefined)) return `The file has no "${field}", which names the artifact`;
  return `"${field}" differs between environments (${keys.map(String).join(', ')}); an artifact has one name everywhere`;
}

function longNumber(resource: ResourceFile, number: string): Problem {
  return warningProblem('iamctl-long-number', `${number} has more digits than IAM-CTL keeps: it may be wrong already`, {
    place: { file: resource.file },
    hint: 'Its exports write large numbers with an exponent or rounded. Compare it with the server; it is carried as a text.',
  });
}

function notConverted({ element, why, place }: { element: string; why: string; place: Problem['place'] }): Problem {
  return warningProblem('iamctl-not-carried', `${element} is not carried: ${why}`, place ? { place } : {});
}

function unreadable(resource: ResourceFile, { message, place }: Fault): Drafted['failed'][number] {
  const { file, line, column } = place;
  const where = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const [kind = ''] = kindsOfType(resource.type);
  const hint = 'With its keywords filled in it cannot be read for every environment either';
  return { kind, key: resource.name, problem: `${where}: ${message}. ${hint}.` };
}
