import type { JsonObject } from '../../model/json';
import { present, textIn } from '../fields';
import type { Call } from '../http/route';
import { pageFrame, pageOf, slice, wholeParameter, type Page } from '../paging';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { shownCertificates } from './certificates';
import { sentClaims } from './claims';
import { badProvider } from './failures';
import { comparisonsIn, isLike, type Comparison } from './list-filter';
import { identityProviderModel } from './models';
import { detailBlocks } from './reading';
import type { IdentityProviderRecord } from './record';
import { inKeyOrder } from './rows';

const DEFAULT_LIMIT = 15;

type Test = (provider: IdentityProviderRecord) => boolean;

const FILTERED: Readonly<Record<string, (provider: IdentityProviderRecord) => string | undefined>> = {
  id: (provider) => provider.id,
  name: (provider) => provider.name,
  description: ({ texts }) => textIn(texts, 'description'),
  homeRealmIdentifier: ({ texts }) => textIn(texts, 'homeRealmIdentifier'),
  isEnabled: (provider) => (provider.isEnabled ? '1' : '0'),
};

const PATTERNS: Readonly<Record<string, (value: string) => string>> = {
  sw: (value) => `${value}%`,
  ew: (value) => `%${value}`,
  co: (value) => `%${value}%`,
};

/** What `requiredAttributes` may name; the first ones are always there. */
const ATTRIBUTES = new Set([
  ...['id', 'name', 'description', 'isEnabled', 'image', 'isPrimary', 'homeRealmIdentifier', 'isFederationHub'],
  ...['certificate', 'alias', 'claims', 'roles', 'federatedAuthenticators', 'provisioning'],
]);
/** These came with 7.0, as the fields did. */
const LATER_ATTRIBUTES = new Set(['groups', 'templateId', 'idpIssuerName', 'implicitAssociation']);

/**
 * GET /identity-providers, and the like of it under another path (reference §1.4); without a match there is no
 * `identityProviders` at all (quirk 41).
 */
export function providerList(
  world: World,
  call: Call,
  path = '/identity-providers',
  belongs: Test = () => true,
): JsonObject {
  const isWanted = testOf(call.query.filter ?? '');
  const page = providerPage(world, call);
  const wanted = wantedAttributes(world, call.query.requiredAttributes ?? '');
  const { items, total } = slice(inOrder(world, call), page, (provider) => belongs(provider) && isWanted(provider));
  const frame = providerFrame(world, call, path, page, { total, count: items.length });
  if (items.length === 0) return frame;
  return { ...frame, identityProviders: items.map((provider) => listItem(world, provider, wanted)) };
}

/** GET /identity-providers/{id}/connected-apps. */
export function connectedApplications(world: World, provider: IdentityProviderRecord, call: Call): JsonObject {
  const page = providerPage(world, call);
  const { items, total } = slice(world.applications.findAll('identityProvider', provider.name), page, () => true);
  const path = `/identity-providers/${provider.id}/connected-apps`;
  const frame = providerFrame(world, call, path, page, { total, count: items.length });
  if (items.length === 0) return frame;
  return {
    ...frame,
    connectedApps: items.map((each) => ({ appId: each.id, self: world.link(`/applications/${each.id}`) })),
  };
}

/** limit and offset of a list of identity providers; neither may be negative. */
function providerPage(world: World, call: Call): Page {
  const page = pageOf(world, call, DEFAULT_LIMIT);
  if (page.limit < 0 || (wholeParameter(call, 'offset') ?? 0) < 0) {
    throw badProvider('IDP-65003', 'Neither limit nor offset can be negative.', 'Invalid page.');
  }
  return page;
}

/** Totals and links as the product makes them: the next page first, the one before with an end that can be shorter. */
function providerFrame(
  world: World,
  call: Call,
  path: string,
  { limit, offset }: Page,
  { total, count }: { readonly total: number; readonly count: number },
): JsonObject {
  if (isAtLeast(world.version, '7.1')) return pageFrame(world, call, path, { limit, offset }, total, count);
  const link = (rel: string, at: number, length: number): JsonObject => {
    const query = new URLSearchParams({ offset: String(at), limit: String(length) });
    const filter = linkFilter(world, call);
    if (filter !== '') query.set('filter', filter);
    return { href: `${world.link(path)}?${query}`, rel };
  };
  const links: JsonObject[] = [];
  if (limit > 0 && offset + limit < total) links.push(link('next', offset + limit, limit));
  if (limit > 0 && offset > 0) {
    const before = offset - limit;
    links.push(before >= 0 ? link('previous', lastBelow(before, limit, total), limit) : link('previous', 0, offset));
  }
  return { totalResults: total, startIndex: offset + 1, count, links };
}

/** Steps back by whole pages until it is below the total, and so below 0 where there is nothing. */
function lastBelow(offset: number, limit: number, total: number): number {
  return offset < total ? offset : offset - Math.ceil((offset - total + 1) / limit) * limit;
}

/** Up to 6.1 the product mixes up its arguments: what was to sort by ends up as the filter of the links. */
function linkFilter(world: World, call: Call): string {
  const { filter = '', sortBy = '' } = call.query;
  return isAtLeast(world.version, '7.0') ? filter.trim() : sortBy.trim();
}

/** In the order in which they were made; up to 6.1 `sortBy` has no effect. `DESC` is the only other direction. */
function inOrder(world: World, call: Call): Iterable<IdentityProviderRecord> {
  const { sortBy, sortOrder } = call.query;
  const all = world.identityProviders.all();
  const isSorted = isAtLeast(world.version, '7.0') && (sortBy === 'name' || sortBy === 'homeRealmIdentifier');
  if (!isSorted) return sortOrder === 'DESC' ? [...all].reverse() : all;
  const sorted = inKeyOrder([...all], (provider) => FILTERED[sortBy]?.(provider) ?? '');
  return sortOrder === 'DESC' ? sorted.reverse() : sorted;
}

function badFilter(filter: string): Error {
  return badProvider('IDP-65003', `The filter '${filter}' cannot be read or is not supported.`, 'Invalid filter.');
}

function testOf(filter: string): Test {
  if (filter.trim() === '') return () => true;
  const comparisons = comparisonsIn(filter);
  if (!comparisons) throw badFilter(filter);
  const tests = comparisons.map((comparison) => comparisonTest(filter, comparison));
  return (provider) => tests.every((test) => test(provider));
}

/** A comparison without a value always holds. */
function comparisonTest(filter: string, { attribute, operator, value }: Comparison): Test {
  const sought = attribute.includes('isEnabled') ? flagColumn(filter, value ?? '') : (value ?? '');
  if (sought.trim() === '' || attribute === '') return () => true;
  const read = Object.hasOwn(FILTERED, attribute) ? FILTERED[attribute] : undefined;
  if (!read) throw badFilter(filter);
  if (operator === 'eq') return (provider) => read(provider) === sought;
  const pattern = PATTERNS[operator]?.(sought);
  if (pattern === undefined) throw badFilter(filter);
  return (provider) => {
    const text = read(provider);
    return text !== undefined && isLike(text, pattern);
  };
}

/** Any part of the word true, or else of false, is as good as the word. */
function flagColumn(filter: string, value: string): string {
  if ('true'.includes(value)) return '1';
  if ('false'.includes(value)) return '0';
  throw badFilter(filter);
}

function wantedAttributes(world: World, required: string): ReadonlySet<string> {
  const names = required.replace(/,+$/, '').split(',');
  if (required.trim() === '') return new Set();
  const isKnown = (name: string): boolean =>
    ATTRIBUTES.has(name) || (isAtLeast(world.version, '7.0') && LATER_ATTRIBUTES.has(name));
  const unknown = names.find((name) => !isKnown(name));
  if (unknown !== undefined) throw badProvider('IDP-60009', `There is no attribute ${unknown}.`, 'Invalid attribute.');
  return new Set(names);
}

function listItem(world: World, provider: IdentityProviderRecord, wanted: ReadonlySet<string>): JsonObject {
  const text = (field: string): string | undefined => textIn(provider.texts, field);
  const extras = present({
    isPrimary: provider.isPrimary,
    // The product never reads this one for a list.
    isFederationHub: false,
    homeRealmIdentifier: text('homeRealmIdentifier'),
    certificate: shownCertificates(provider.certificate),
    alias: text('alias'),
    ...(wanted.size > 0 ? listedBlocks(world, provider, wanted.has('claims')) : {}),
  });
  const visible = visibleFields(world.version, identityProviderModel, extras);
  return {
    ...present({
      id: provider.id,
      name: provider.name,
      description: text('description'),
      isEnabled: provider.isEnabled,
      image: text('image'),
      self: world.link(`/identity-providers/${provider.id}`),
    }),
    ...Object.fromEntries(Object.entries(visible).filter(([field]) => wanted.has(field))),
  };
}

/** The blocks of the detail; how just-in-time provisioning asks is not read for a list. */
function listedBlocks(world: World, provider: IdentityProviderRecord, withClaims: boolean): JsonObject {
  const jit = { ...provider.jit, scheme: 'PROVISION_SILENTLY', associateLocalUser: false };
  // Claims that do not exist fail only where they are read.
  return detailBlocks(world, { ...provider, jit, ...(withClaims ? {} : sentClaims(undefined, world.version)) });
}
