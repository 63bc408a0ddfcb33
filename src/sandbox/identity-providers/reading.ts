import type { JsonObject } from '../../model/json';
import { present, textIn } from '../fields';
import { ApiFailure } from '../failures';
import { filterTest } from '../filter';
import type { Call } from '../http/route';
import { pageFrame, pageOf, slice, wholeParameter, type Page } from '../paging';
import { visibleFields } from '../strict-body';
import type { World } from '../world';
import { shownAssociation, shownClaims, shownJit, shownRoles } from './attributes';
import { shownAuthenticators } from './authenticators';
import { shownCertificates } from './certificates';
import { shownConnectors } from './connectors';
import { identityProviderModel } from './models';
import type { IdentityProviderRecord } from './record';

const DEFAULT_LIMIT = 15;

const FILTERED: Readonly<Record<string, (provider: IdentityProviderRecord) => string>> = {
  name: (provider) => provider.name,
  description: ({ texts }) => textIn(texts, 'description') ?? '',
  homeRealmIdentifier: ({ texts }) => textIn(texts, 'homeRealmIdentifier') ?? '',
  isEnabled: (provider) => String(provider.isEnabled),
  isPrimary: (provider) => String(provider.isPrimary),
  isFederationHub: (provider) => String(provider.isFederationHub),
};

function text(provider: IdentityProviderRecord, field: string): string | undefined {
  return textIn(provider.texts, field);
}

/** GET /identity-providers/{id} (reference §2.2.7): authenticators and connectors come without their properties. */
export function providerDetail(world: World, provider: IdentityProviderRecord): JsonObject {
  const detail = present({
    id: provider.id,
    name: provider.name,
    description: text(provider, 'description'),
    templateId: text(provider, 'templateId'),
    isEnabled: provider.isEnabled,
    isPrimary: provider.isPrimary,
    image: text(provider, 'image'),
    isFederationHub: provider.isFederationHub,
    homeRealmIdentifier: text(provider, 'homeRealmIdentifier'),
    certificate: shownCertificates(provider.certificate),
    alias: text(provider, 'alias'),
    idpIssuerName: text(provider, 'idpIssuerName'),
    ...detailBlocks(world, provider),
    implicitAssociation: shownAssociation(provider),
  });
  return visibleFields(world.version, identityProviderModel, detail);
}

function detailBlocks(world: World, provider: IdentityProviderRecord): JsonObject {
  return {
    claims: shownClaims(world, provider),
    roles: shownRoles(provider.roles),
    groups: provider.groups.map(({ name, id }) => ({ name, id })),
    federatedAuthenticators: shownAuthenticators(world, provider),
    provisioning: shownProvisioning(world, provider),
  };
}

/** GET /identity-providers/{id}/provisioning. */
export function shownProvisioning(world: World, provider: IdentityProviderRecord): JsonObject {
  return { jit: shownJit(world, provider), outboundConnectors: shownConnectors(world, provider) };
}

/** True for what is listed under /trusted-token-issuers. */
export function isTrustedTokenIssuer(provider: IdentityProviderRecord): boolean {
  return provider.trustedTokenIssuer === true || text(provider, 'templateId') === 'trusted-token-issuer';
}

/**
 * GET /identity-providers, and the like of it under another path (reference §1.4); without a match there is no
 * `identityProviders` at all (quirk 41). Pages below nothing are refused with the code of bad filters.
 */
export function providerList(
  world: World,
  call: Call,
  path = '/identity-providers',
  belongs: (provider: IdentityProviderRecord) => boolean = () => true,
): JsonObject {
  const page = providerPage(world, call);
  const names = (call.query.requiredAttributes ?? '').split(',').map((name) => name.trim());
  const wanted = new Set(names.filter((name) => name !== ''));
  const isWanted = wantedTest(call.query.filter);
  const matches = (provider: IdentityProviderRecord): boolean => belongs(provider) && isWanted(provider);
  const { items, total } = slice(inOrder(world, call), page, matches);
  const frame = pageFrame(world, call, path, page, total, items.length);
  if (items.length === 0) return frame;
  return { ...frame, identityProviders: items.map((provider) => listItem(world, provider, wanted)) };
}

/** limit and offset of a list of identity providers; neither may be negative. */
function providerPage(world: World, call: Call): Page {
  const page = pageOf(world, call, DEFAULT_LIMIT);
  if (page.limit < 0 || (wholeParameter(call, 'offset') ?? 0) < 0) {
    throw new ApiFailure(400, 'IDP-65055', 'Invalid page.', 'Neither limit nor offset can be negative.');
  }
  return page;
}

/** By name or home realm when one is asked for, by name when something else is; `DESC` is the only other direction. */
function inOrder(world: World, call: Call): Iterable<IdentityProviderRecord> {
  const { sortBy, sortOrder } = call.query;
  if (sortBy === undefined && sortOrder === undefined) return world.identityProviders.all();
  const keyOf = (provider: IdentityProviderRecord): string =>
    sortBy === 'homeRealmIdentifier' ? (text(provider, 'homeRealmIdentifier') ?? '') : provider.name;
  const direction = sortOrder === 'DESC' ? -1 : 1;
  return [...world.identityProviders.all()].sort(
    (left, right) => direction * (keyOf(left) < keyOf(right) ? -1 : Number(keyOf(left) > keyOf(right))),
  );
}

function wantedTest(filter: string | undefined): (provider: IdentityProviderRecord) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const test = / or /i.test(filter) ? undefined : filterTest(filter, FILTERED);
  if (!test)
    throw new ApiFailure(400, 'IDP-65055', 'Invalid filter.', `The filter '${filter}' is malformed or not supported.`);
  return test;
}

function listItem(world: World, provider: IdentityProviderRecord, wanted: ReadonlySet<string>): JsonObject {
  const extras = present({
    isPrimary: provider.isPrimary,
    isFederationHub: provider.isFederationHub,
    homeRealmIdentifier: text(provider, 'homeRealmIdentifier'),
    certificate: shownCertificates(provider.certificate),
    alias: text(provider, 'alias'),
    ...(wanted.size > 0 ? detailBlocks(world, provider) : {}),
  });
  const visible = visibleFields(world.version, identityProviderModel, extras);
  return {
    ...present({
      id: provider.id,
      name: provider.name,
      description: text(provider, 'description'),
      isEnabled: provider.isEnabled,
      image: text(provider, 'image'),
      self: world.link(`/identity-providers/${provider.id}`),
    }),
    ...Object.fromEntries(Object.entries(visible).filter(([field]) => wanted.has(field))),
  };
}

/** GET /identity-providers/{id}/connected-apps. */
export function connectedApplications(world: World, provider: IdentityProviderRecord, call: Call): JsonObject {
  const page = providerPage(world, call);
  const { items, total } = slice(world.applications.findAll('identityProvider', provider.name), page, () => true);
  return {
    ...pageFrame(world, call, `/identity-providers/${provider.id}/connected-apps`, page, total, items.length),
    connectedApps: items.map((each) => ({ appId: each.id, self: world.link(`/applications/${each.id}`) })),
  };
}
