import type { Version } from '../versions';

/** What a member of a class holds: a text, a flag, a number, or an object of a class. */
export type MemberType = 'text' | 'flag' | 'number' | { readonly class: string };

/** A member of a class of the product, as its annotations bind it. */
export interface Member {
  /** The name of the property, as in YAML and JSON. */
  readonly property: string;
  /** The XML element or attribute. */
  readonly element: string;
  readonly type: MemberType;
  /** `wrapped`: elements inside of another one; `repeated`: elements beside each other. */
  readonly list?: 'wrapped' | 'repeated';
  /** The element around those of a wrapped list. */
  readonly wrapper?: string;
  readonly since?: Version;
  /** Where the value stands in XML, if not in an element. */
  readonly place?: 'attribute' | 'value';
  /** The name in YAML and JSON where the libraries make two names of one getter. */
  readonly yaml?: string;
  readonly json?: string;
}

type Names = string | readonly [property: string, element: string];

function members(type: MemberType, names: readonly Names[]): Member[] {
  return names.map((name) => {
    const [property, element] = typeof name === 'string' ? [name, name.charAt(0).toUpperCase() + name.slice(1)] : name;
    return { property, element, type };
  });
}

/** Members with an element of their own name, the first letter a capital, or of another name. */
export const texts = (...names: Names[]): Member[] => members('text', names);
export const flags = (...names: Names[]): Member[] => members('flag', names);
export const numbers = (...names: Names[]): Member[] => members('number', names);

/** Members whose elements are called as the properties are. */
export function same(type: 'text' | 'flag' | 'number', ...names: string[]): Member[] {
  return names.map((name) => ({ property: name, element: name, type }));
}

export function object(property: string, element: string, name: string): Member[] {
  return [{ property, element, type: { class: name } }];
}

/** A list inside of an element of its own. */
export function wrapped(property: string, wrapper: string, element: string, type: MemberType): Member[] {
  return [{ property, element, type, list: 'wrapped', wrapper }];
}

/** A list of elements beside each other. */
export function repeated(property: string, element: string, type: MemberType): Member[] {
  return [{ property, element, type, list: 'repeated' }];
}

export function since(version: Version, list: readonly Member[]): Member[] {
  return list.map((member) => ({ ...member, since: version }));
}
