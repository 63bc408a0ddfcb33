import type { Json, JsonObject } from '../../model/json';
import { keyOf } from '../../model/kind';
import type { Fault, ResourceFile } from '../../iamctl/description';
import { rawSubstituted, withoutMasks } from '../../iamctl/raw-substitution';
import { APPLICATIONS } from '../../iamctl/resource-types';
import type { ProductKind } from '../../products/product';
import { readResource, type ResourceItem, type ResourceTexts } from '../../products/wso2-is/iamctl-resources';
import { asTexts, sourcesOf } from './marked-resource';

/** What IAM-CTL would have made of a resource file in one environment. */
export interface Sent {
  /** In the luckiest order of keywords, and in the least lucky one. */
  readonly first: SentItems | Unsent;
  readonly last: SentItems | Unsent;
}

/** A file that nobody can read, or nobody but Liftlock, because an export joined its lists. */
export interface Unsent {
  readonly fault: Fault;
  readonly isJoined?: boolean;
}

export interface SentItems {
  readonly items: readonly ResourceItem[];
}

/** Substitutes raw text as IAM-CTL does, then reads the result as it does. */
export function sentFor(resource: ResourceFile, values: ReadonlyMap<string, Json>): Sent {
  const raw = sourcesOf(resource).map(({ text }) => rawSubstituted(text, values));
  const first = raw.map((texts) => texts.first);
  const last = raw.map((texts) => texts.last);
  const read = (texts: readonly string[]): Sent['first'] => readAsSent(resource, asTexts(texts.map(unmasked)));
  const unmasked = (text: string): string => (resource.type === APPLICATIONS ? withoutMasks(text) : text);
  const isSame = first.every((text, index) => text === last[index]);
  const luckiest = read(first);
  return { first: luckiest, last: isSame ? luckiest : read(last) };
}

/** A server takes no text for a list, where files of the REST API are sent as they are (rivals, F4). */
function readAsSent(resource: ResourceFile, texts: ResourceTexts): Sent['first'] {
  const strict = readResource(resource, texts, undefined, true);
  if (!('fault' in strict)) return strict;
  return { ...strict, isJoined: !('fault' in readResource(resource, texts)) };
}

/** The artifact of a key in what was sent. */
export function itemOf(items: readonly ResourceItem[], kind: ProductKind, key: string): JsonObject | undefined {
  return items.find((item) => item.kind === kind.name && keyOf(kind, item.value) === key)?.value;
}
