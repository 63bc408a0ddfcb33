import { keySlug } from '../secret-names';
import { fieldAt } from '../../model/path';
import type { Occurrence } from './occurrence';
import type { Row } from './treatment';

/**
 * A name for the variable that stands for a row: what its host names have in common (`portalUrl`, `portalHost`), or the
 * artifact and the field (`travelPortalSkipLoginConsent`). Never one of `taken`. Pure.
 */
export function variableName(row: Row, places: readonly Occurrence[], taken: ReadonlySet<string>): string {
  const own = fieldName(places);
  // A client id may look like a host name.
  const base = (/id$/i.test(own) && !row.every(isUrl) ? undefined : addressName(row)) ?? own;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}

function addressName(row: Row): string | undefined {
  const texts = row.filter((value): value is string => typeof value === 'string');
  if (texts.length < row.length) return undefined;
  const hosts = texts.map(hostOf);
  if (hosts.some((host) => host === undefined)) return undefined;
  const [first = [], ...others] = hosts.map((host) => (host ?? '').replace(/:\d+$/, '').split('.'));
  const label = first.find((word) => !isNoise(word) && others.every((other) => other.includes(word)));
  // The last label is a public suffix, which says nothing.
  const isMeaningful = label !== undefined && (label !== first.at(-1) || first.length === 1);
  const suffix = texts.every((text) => text.includes('://'))
    ? 'Url'
    : texts.every((text) => text.includes('@'))
      ? 'Mail'
      : 'Host';
  const name = isMeaningful ? camel(label) : 'server';
  return `${name}${suffix}`;
}

function isUrl(value: Row[number]): boolean {
  return typeof value === 'string' && value.includes('://');
}

function isNoise(label: string): boolean {
  return label === 'www' || /^\d+$/.test(label);
}

function hostOf(text: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/\s]+)/i.exec(text)?.[1];
  if (url !== undefined) return url;
  return /^(?:[\w.-]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)$/i.exec(text)?.[1];
}

function fieldName(places: readonly Occurrence[]): string {
  const [first] = places;
  if (!first) return 'value';
  const { path, artifact } = first;
  const last = path.at(-1);
  const named = path.findLast(
    (segment) => 'item' in segment && !/^\d+$/.test(segment.item) && /^[\w.-]+$/.test(segment.item),
  );
  const item = named && 'item' in named ? named.item : '';
  const field =
    last && 'field' in last
      ? last.field
      : (path.findLast((segment) => 'field' in segment) as { field: string } | undefined)?.field;
  const word = field === 'value' && item !== '' ? item : (field ?? fieldAt(path, 0));
  const isShared = new Set(places.map((place) => `${place.artifact.kind}/${place.artifact.key}`)).size > 1;
  const owner = isShared ? '' : keySlug(artifact.key);
  return camel(owner === '' ? word : `${owner}-${word}`) || 'value';
}

function camel(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word, index) => (index === 0 ? lowered(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return /^\d/.test(joined) ? `v${joined}` : joined;
}

/** `SPEntityId` becomes `spEntityId`, `ClientId` becomes `clientId`. */
function lowered(word: string): string {
  return word.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (start) => start.toLowerCase());
}
