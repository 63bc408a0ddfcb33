import type { JsonObject } from '../../model/json';
import type { Fault, ResourceFile } from '../../iamctl/description';
import { markedTexts, type Marks } from '../../iamctl/marks';
import { Meaning, valueText } from '../../iamctl/meaning';
import { rawSubstituted } from '../../iamctl/raw-substitution';
import type { ProductKind } from '../../products/product';
import {
  readResource,
  type ReadResource,
  type ResourceItem,
  type ResourceTexts,
} from '../../products/wso2-is/iamctl-resources';
import { fitted } from './fitting';
import { keywordNames, type EnvironmentView } from './views';

/** A file read with marks, by environment. */
export interface MarkedResource {
  readonly marks: Marks;
  readonly variants: ReadonlyMap<string, readonly ResourceItem[]>;
  readonly longNumbers: readonly string[];
  readonly notConverted: NonNullable<ReadResource['notConverted']>;
  /** False where the marks say nothing any more. */
  readonly isMarked: boolean;
}

/**
 * Reads a resource file with as many of its keywords marked as can be: all, all but those in numbers and flags, or none.
 * The fault is that of reading it with all of them marked.
 */
export function markedResource(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
): MarkedResource | { readonly fault: Fault } {
  const read = readMarked(resource, views, new Set());
  const best =
    'fault' in read
      ? (withHardKeywords(resource, views) ?? filledTexts(resource, views) ?? read)
      : (withParts(resource, views, kinds, read) ?? read);
  return 'fault' in best ? best : { ...best, notConverted: notConvertedIn(resource, views, best) };
}

/** Marks of the same keyword differ from each other: what is only lost because of that is not lost. */
function notConvertedIn(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  { marks, notConverted }: MarkedResource,
): MarkedResource['notConverted'] {
  if (notConverted.length === 0 || marks.occurrences.length === 0) return notConverted;
  const filled = views.map((view) => filledText(resource, view));
  const lost = new Set(filled.flatMap((read) => ('fault' in read ? [] : (read.notConverted ?? []).map(elementOf))));
  return notConverted
    .filter((left) => lost.has(elementOf(left)) || filled.some((read) => 'fault' in read))
    .map((left) => ({ ...left, element: marks.plain(left.element), why: marks.plain(left.why) }));
}

function elementOf({ element }: { readonly element: string }): string {
  return element;
}

/** Reads a file with all keywords marked, except those that are filled in. */
function readMarked(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  filled: ReadonlySet<string>,
): MarkedResource | { readonly fault: Fault } {
  const names = [...keywordNames(views)].filter((name) => !filled.has(name));
  const { texts, marks } = markedTexts(sourcesOf(resource), names);
  const variants = new Map<string, readonly ResourceItem[]>();
  let known: ReadResource | undefined;
  for (const view of views) {
    if (!known || filled.size > 0) {
      const values = new Map([...filled].map((name) => [name, valueText(view.meant.get(name) ?? '')]));
      const read = readResource(
        resource,
        asTexts(texts.map((text) => rawSubstituted(text, values).first)),
        marks.loose,
      );
      if ('fault' in read) return { fault: { ...read.fault, message: marks.plain(read.fault.message) } };
      known = read;
    }
    variants.set(view.name, known.items);
  }
  const { longNumbers = [], notConverted: left = [] } = known ?? {};
  return { marks, variants, longNumbers, notConverted: left, isMarked: true };
}

/** Values that no file format takes for anything else. */
export const HARMLESS = /^[A-Za-z0-9_.-]+$/;

/**
 * Numbers and flags of the product's own files cannot be marked: keywords there are filled in, and only those, if their
 * values mean the same wherever they stand.
 */
function withHardKeywords(resource: ResourceFile, views: readonly EnvironmentView[]): MarkedResource | undefined {
  const used = [...keywordNames(views)].filter((name) =>
    sourcesOf(resource).some(({ text }) => text.includes(`{{${name}}}`)),
  );
  const hard = new Set(
    used.filter((name) => views.every(({ meant }) => HARMLESS.test(valueText(meant.get(name) ?? '')))),
  );
  if (hard.size === 0) return undefined;
  let best = readMarked(resource, views, hard);
  if ('fault' in best) return undefined;
  for (const name of [...hard]) {
    hard.delete(name);
    const better = readMarked(resource, views, hard);
    if ('fault' in better) hard.add(name);
    else best = better;
  }
  return best;
}

export function sourcesOf(resource: ResourceFile): { file: string; text: string }[] {
  return [resource, ...(resource.authorizedApis ? [resource.authorizedApis] : [])];
}

export function asTexts(texts: readonly string[]): ResourceTexts {
  const [text = '', side] = texts;
  return side === undefined ? [text] : [text, side];
}

export function fillItems(items: readonly ResourceItem[], meaning: Meaning): ResourceItem[] {
  return items.map((item) => ({ ...item, value: meaning.fill(item.value) as JsonObject }));
}

/** A keyword that stands alone and brings lines of its own may be a part of the document: it is if only that makes sense. */
function withParts(
  resource: ResourceFile,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
  read: MarkedResource,
): MarkedResource | undefined {
  const alone = read.marks.occurrences.filter(({ place }) => place !== 'text');
  const isPart = views.some(({ meant }) =>
    alone.some(({ keyword }) => /\n|:(?:\s|$)/.test(valueText(meant.get(keyword) ?? ''))),
  );
  if (!isPart || makesSense(read, views, kinds)) return undefined;
  const filled = filledTexts(resource, views);
  return filled && makesSense(filled, views, kinds) ? filled : undefined;
}

function makesSense(
  { marks, variants }: MarkedResource,
  views: readonly EnvironmentView[],
  kinds: readonly ProductKind[],
): boolean {
  return views.every(({ name, meant, version }) =>
    fillItems(variants.get(name) ?? [], new Meaning(marks, meant)).every(({ kind, value }) => {
      const definition = kinds.find((candidate) => candidate.name === kind);
      return !definition || definition.schema.safeParse(fitted(definition, value, version).value).success;
    }),
  );
}

/** Where keywords bring whole parts of a document, what the substituted text says is what is meant. */
function filledTexts(resource: ResourceFile, views: readonly EnvironmentView[]): MarkedResource | undefined {
  const { marks } = markedTexts([], []);
  const variants = new Map<string, readonly ResourceItem[]>();
  let left: MarkedResource['notConverted'] = [];
  for (const view of views) {
    const read = filledText(resource, view);
    if ('fault' in read) return undefined;
    variants.set(view.name, read.items);
    left = read.notConverted ?? [];
  }
  return { marks, variants, longNumbers: [], notConverted: left, isMarked: false };
}

function filledText(resource: ResourceFile, view: EnvironmentView): ReturnType<typeof readResource> {
  const values = new Map([...view.meant].map(([name, value]) => [name, valueText(value)]));
  return readResource(resource, asTexts(sourcesOf(resource).map(({ text }) => rawSubstituted(text, values).first)));
}
