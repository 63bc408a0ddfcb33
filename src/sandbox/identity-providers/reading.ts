import type { JsonObject } from '../../model/json';
import { present, textIn } from '../fields';
import { visibleFields } from '../strict-body';
import type { World } from '../world';
import { shownAssociation, shownJit } from './attributes';
import { shownAuthenticators } from './authenticators';
import { shownCertificates } from './certificates';
import { shownClaims } from './claims';
import { shownConnectors } from './connectors';
import { shownRoles } from './local-roles';
import { identityProviderModel } from './models';
import type { IdentityProviderRecord } from './record';

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

/** The blocks that a detail has, and a list when it is asked for them. */
export function detailBlocks(world: World, provider: IdentityProviderRecord): JsonObject {
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
