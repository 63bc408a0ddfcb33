import type { JsonObject } from '../../model/json';
import { present, textIn } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { filterTest } from '../filter';
import type { Call } from '../http/route';
import { pageFrame, pageOf, slice } from '../paging';
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

/** GET /identity-providers (reference §1.4); without a match there is no `identityProviders` at all (quirk 41). */
export function providerList(world: World, call: Call): JsonObject {
  const page = pageOf(world, call, DEFAULT_LIMIT);
  if (page.limit < 0) throw violatedConstraints(['must be greater than or equal to 0']);
  const wanted = new Set((call.query.requiredAttributes ?? '').split(',').map((name) => name.trim()));
  const { items, total } = slice(world.identityProviders.all(), page, wantedTest(call.query.filter));
  const frame = pageFrame(world, call, '/identity-providers', page, total, items.length);
  if (items.length === 0) return frame;
  return { ...frame, identityProviders: items.map((provider) => listItem(world, provider, wanted)) };
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
  const page = pageOf(world, call, DEFAULT_LIMIT);
  const { items, total } = slice(world.applications.findAll('identityProvider', provider.name), page, () => true);
  return {
    ...pageFrame(world, call, `/identity-providers/${provider.id}/connected-apps`, page, total, items.length),
    connectedApps: items.map((each) => ({ appId: each.id, self: world.link(`/applications/${each.id}`) })),
  };
}
