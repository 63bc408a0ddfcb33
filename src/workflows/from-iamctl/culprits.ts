import { equalJson, isObject, type Json } from '../../model/json';
import type { CorruptionReason } from '../../model/conversion';
import type { ResourceFile } from '../../iamctl/description';
import { markedTexts } from '../../iamctl/marks';
import { Meaning, valueText } from '../../iamctl/meaning';
import { rawSubstituted } from '../../iamctl/raw-substitution';
import { readResource, type ResourceItem } from '../../products/wso2-is/iamctl-resources';
import { asTexts, HARMLESS, sourcesOf } from './marked-resource';
import { keywordNames, type EnvironmentView } from './views';

/**
 * The keywords whose values do not survive raw substitution in a file, each with the reason: found by substituting one
 * at a time and comparing with what it is meant to say.
 */
export function culpritsIn(resource: ResourceFile, view: EnvironmentView): Map<string, CorruptionReason> {
  const sources = sourcesOf(resource);
  const names = [...keywordNames([view])].filter((name) => sources.some(({ text }) => text.includes(`{{${name}}}`)));
  // Numbers and flags of the product's own files cannot be marked: what is harmless there is filled in for good.
  const plain = itemsWith(resource, sources, names);
  if (!plain) return culpritsBeside(resource, view, names);
  const culprits = new Map<string, CorruptionReason>();
  for (const name of names) {
    const reason = reasonFor(resource, view, name, names, plain);
    if (reason !== undefined) culprits.set(name, reason);
  }
  return culprits;
}

function culpritsBeside(
  resource: ResourceFile,
  view: EnvironmentView,
  names: readonly string[],
): Map<string, CorruptionReason> {
  const harmless = new Map([...view.meant].filter(([, value]) => HARMLESS.test(valueText(value))));
  const isLeft = names.some((name) => harmless.has(name));
  if (!isLeft) return new Map();
  const fill = (text: string): string => rawSubstituted(text, harmless).first;
  const { authorizedApis: side } = resource;
  const filled = {
    ...resource,
    text: fill(resource.text),
    ...(side ? { authorizedApis: { ...side, text: fill(side.text) } } : {}),
  };
  return culpritsIn(filled, view);
}

type Marked = { readonly items: readonly ResourceItem[]; readonly fill: (values: ReadonlyMap<string, Json>) => Json };

function itemsWith(
  resource: ResourceFile,
  sources: readonly { file: string; text: string }[],
  names: readonly string[],
): Marked | undefined {
  const { texts, marks } = markedTexts(sources, names);
  const read = readResource(resource, asTexts(texts), marks.loose);
  if ('fault' in read) return undefined;
  const values = read.items.map(({ value }) => value);
  return { items: read.items, fill: (known) => new Meaning(marks, known).fill(values) };
}

function reasonFor(
  resource: ResourceFile,
  view: EnvironmentView,
  name: string,
  names: readonly string[],
  plain: Marked | undefined,
): CorruptionReason | undefined {
  const value = view.meant.get(name) ?? null;
  if (typeof value !== 'string') return 'value-not-text';
  const single = new Map([[name, value]]);
  const substituted = sourcesOf(resource).map(({ file, text }) => ({ file, text: rawSubstituted(text, single).first }));
  const others = names.filter((other) => other !== name);
  const sent = itemsWith(resource, substituted, others);
  if (!sent) return plain ? 'text-unreadable' : undefined;
  if (!plain) return undefined;
  const [says, means] = [sent.fill(new Map()), plain.fill(single)];
  return equalJson(says, means) ? undefined : kindOfChange(says, means, value);
}

function kindOfChange(says: Json, means: Json, value: string): CorruptionReason {
  if (shapeOf(says) !== shapeOf(means)) return 'text-injected';
  const [left, right] = [leavesOf(says), leavesOf(means)];
  const pairs = left.map((leaf, index) => [leaf, right[index] ?? null] as const).filter(([a, b]) => a !== b);
  if (pairs.some(([a, b]) => typeof a !== typeof b)) return 'text-retyped';
  const isCut = pairs.every(
    ([a, b]) => typeof a === 'string' && typeof b === 'string' && b.includes(a) && a.length < b.length,
  );
  const isEscape = /['"\\&]/.test(value) && !/ #|^\s|\s$/.test(value);
  if (isCut && !isEscape) return 'text-cut';
  return /^[\d.+-]/.test(value) && pairs.some(([a]) => a !== valueText(value)) && !isEscape
    ? 'text-retyped'
    : 'text-changed';
}

/** Field names and lengths of lists, without the values. */
function shapeOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  if (!isObject(value)) return '.';
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${shapeOf(value[field] ?? null)}`).join()}}`;
}

function leavesOf(value: Json): Json[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (!isObject(value)) return [value];
  return Object.keys(value)
    .sort()
    .flatMap((field) => leavesOf(value[field] ?? null));
}
