import { createHash } from 'node:crypto';
import type { JsonObject } from '../../model/json';
import type { FileFormat } from '../exported-files/formats';
import { flagIn, listIn, objectIn, objectsIn, present, textIn, without } from '../fields';
import { AUTHENTICATORS, confidentialKeys, CONNECTORS } from './catalogue';
import { MASK } from './connectors';
import { isTrustedTokenIssuer } from './reading';
import type { AuthenticatorRecord, ConnectorRecord, IdentityProviderRecord, KeyedValue } from './record';

/** Properties of the internal model that are fields of their own in the REST model. */
export const FIELD_PROPERTIES = ['templateId', 'idpIssuerName', 'jwksUri', 'samlMetadataUri'] as const;

/**
 * The file of an identity provider (reference §2.2.6). It has no ids, and XML has no `idpProperties` and so loses what is
 * kept there, such as the address of the keys.
 * @param excludeSecrets confidential values come as a mask
 */
export function providerFileContents(
  provider: IdentityProviderRecord,
  excludeSecrets: boolean,
  format: FileFormat,
): JsonObject {
  const contents = {
    id: numericId(provider),
    resourceId: provider.id,
    ...basics(provider),
    ...connections(provider, excludeSecrets),
    claimConfig: claimConfig(provider),
    permissionAndRoleConfig: roleConfig(provider),
    provisioningRole: provider.roles.outbound.join(','),
    justInTimeProvisioningConfig: provisioningConfig(provider.jit),
    federatedAssociationConfig: {
      enabled: provider.implicitAssociation.isEnabled,
      lookupAttributes: [...provider.implicitAssociation.lookupAttribute],
    },
    idPGroupConfig: provider.groups.map(({ id, name }) => ({ idpGroupName: name, idpGroupId: id, idpId: provider.id })),
    idpProperties: masked(properties(provider), excludeSecrets),
  };
  return fileFor(format, contents);
}

/**
 * A file in one format, from everything there is to say. Only XML holds more than the first certificate, and only YAML
 * the ids of groups (the annotations of the product's model class).
 */
export function fileFor(format: FileFormat, contents: JsonObject): JsonObject {
  const common = without(contents, 'id', 'resourceId');
  if (format === 'yaml') return without(common, 'certificateInfoArray');
  const groups = objectsIn(contents, 'idPGroupConfig').map((group) => without(group, 'idpGroupId', 'idpId'));
  const unlabelled = { ...common, idPGroupConfig: groups };
  return without(unlabelled, format === 'xml' ? 'idpProperties' : 'certificateInfoArray');
}

/** Masks the properties that are named as secrets. */
export function masked(list: readonly JsonObject[], excludeSecrets: boolean): JsonObject[] {
  return list.map((each) =>
    excludeSecrets && textIn(each, 'name')?.startsWith('__secret__') ? { ...each, value: MASK } : each,
  );
}

/** The database key of an identity provider: a number, and another one on each server. */
function numericId(provider: IdentityProviderRecord): string {
  return String(parseInt(provider.id.slice(0, 6), 16));
}

function basics(provider: IdentityProviderRecord): JsonObject {
  const field = (name: string): string | null => textIn(provider.texts, name) ?? null;
  const certificates = provider.certificate.certificates;
  return {
    identityProviderName: provider.name,
    identityProviderDescription: field('description'),
    alias: field('alias'),
    displayName: null,
    primary: provider.isPrimary,
    federationHub: provider.isFederationHub,
    homeRealmId: field('homeRealmIdentifier'),
    enable: provider.isEnabled,
    imageUrl: field('image'),
    templateId: field('templateId'),
    trustedTokenIssuer: isTrustedTokenIssuer(provider),
    certificate: certificates[0] ?? '',
    certificateInfoArray: certificates.map((certValue) => ({ thumbPrint: thumbPrint(certValue), certValue })),
  };
}

function thumbPrint(certificate: string): string {
  return createHash('sha256').update(certificate).digest('hex');
}

function connections(provider: IdentityProviderRecord, excludeSecrets: boolean): JsonObject {
  const authenticator = (each: AuthenticatorRecord): JsonObject => authenticatorConfig(each, excludeSecrets);
  const connector = (each: ConnectorRecord): JsonObject => connectorConfig(each, excludeSecrets);
  const defaultAuthenticator = provider.authenticators.find((each) => each.id === provider.defaultAuthenticatorId);
  const defaultConnector = provider.connectors.find((each) => each.id === provider.defaultConnectorId);
  return {
    federatedAuthenticatorConfigs: provider.authenticators.map(authenticator),
    defaultAuthenticatorConfig: defaultAuthenticator ? authenticator(defaultAuthenticator) : null,
    provisioningConnectorConfigs: provider.connectors.map(connector),
    defaultProvisioningConnectorConfig: defaultConnector ? connector(defaultConnector) : null,
  };
}

function authenticatorConfig(each: AuthenticatorRecord, excludeSecrets: boolean): JsonObject {
  const { name, isEnabled, definedBy, endpoint } = each;
  const displayName = AUTHENTICATORS.find((known) => known.name === name)?.displayName ?? name;
  const secrets = confidentialKeys(AUTHENTICATORS, name);
  return present({
    name,
    displayName,
    enabled: isEnabled,
    definedByType: definedBy,
    properties: propertyConfigs(each.properties, secrets, excludeSecrets),
    // The secrets of an endpoint are never told.
    endpointConfig: endpoint && {
      uri: textIn(endpoint, 'uri') ?? '',
      authenticationType: textIn(objectIn(endpoint, 'authentication'), 'type') ?? 'NONE',
    },
  });
}

function connectorConfig(each: ConnectorRecord, excludeSecrets: boolean): JsonObject {
  const { name, isEnabled, blockingEnabled, rulesEnabled } = each;
  const secrets = confidentialKeys(CONNECTORS, name);
  return {
    name,
    enabled: isEnabled,
    blocking: blockingEnabled,
    rulesEnabled,
    provisioningProperties: propertyConfigs(each.properties, secrets, excludeSecrets),
  };
}

function propertyConfigs(
  list: readonly KeyedValue[],
  secrets: ReadonlySet<string>,
  excludeSecrets: boolean,
): JsonObject[] {
  return list.map(({ key, value }) => {
    const confidential = secrets.has(key);
    return { name: key, value: confidential && excludeSecrets ? MASK : (value ?? null), confidential };
  });
}

/** Provisioning claims are mappings that ask for the claim and have a default for it. */
function claimConfig(provider: IdentityProviderRecord): JsonObject {
  const defaults = new Map(provider.provisioningClaims.map((each) => [each.claim, each.defaultValue]));
  const mapping = (local: string, remote: string, defaultValue: string | undefined): JsonObject => ({
    localClaim: { claimUri: local, claimId: 0 },
    remoteClaim: { claimUri: remote, claimId: 0 },
    defaultValue: defaultValue ?? null,
    requested: defaultValue !== undefined,
    mandatory: false,
  });
  const isLocal = provider.claimMappings.length === 0;
  return {
    roleClaimURI: provider.roleClaim ?? null,
    userClaimURI: provider.userIdClaim ?? null,
    localClaimDialect: isLocal,
    idpClaims: provider.claimMappings.map(({ idpClaim }) => ({ claimUri: idpClaim, claimId: 0 })),
    claimMappings: isLocal
      ? provider.provisioningClaims.map(({ claim, defaultValue }) => mapping(claim, claim, defaultValue))
      : provider.claimMappings.map((each) => mapping(each.localClaim, each.idpClaim, defaults.get(each.idpClaim))),
  };
}

function roleConfig(provider: IdentityProviderRecord): JsonObject {
  return {
    permissions: [],
    idpRoles: provider.roles.mappings.map((each) => each.idpRole),
    roleMappings: provider.roles.mappings.map(({ idpRole, localRole }) => {
      const slash = localRole.indexOf('/');
      const localRoleName = localRole.slice(slash + 1);
      const userStoreId = slash < 0 ? null : localRole.slice(0, slash);
      return { localRole: { userStoreId, localRoleName }, remoteRole: idpRole };
    }),
  };
}

function provisioningConfig(jit: JsonObject): JsonObject {
  const scheme = textIn(jit, 'scheme') ?? '';
  return {
    provisioningEnabled: flagIn(jit, 'isEnabled') ?? false,
    provisioningUserStore: textIn(jit, 'userstore') ?? null,
    userStoreClaimUri: null,
    modifyUserNameAllowed: scheme === 'PROMPT_USERNAME_PASSWORD_CONSENT',
    passwordProvisioningEnabled: /PASSWORD/.test(scheme),
    promptConsent: scheme.startsWith('PROMPT_'),
    associateLocalUserEnabled: flagIn(jit, 'associateLocalUser') ?? false,
    attributeSyncMethod: textIn(jit, 'attributeSyncMethod') ?? 'OVERRIDE_ALL',
    skipJITForLookupFailure: flagIn(jit, 'skipJITForLookupFailure') ?? false,
    accountLookupAttributeMappings: listIn(jit, 'accountLookupAttributeMappings') ?? [],
    idpGroupSyncMethod: textIn(jit, 'idpGroupSyncMethod') ?? 'MERGE_WITH_EXISTING',
  };
}

function properties(provider: IdentityProviderRecord): JsonObject[] {
  const { certificate, texts } = provider;
  const own = FIELD_PROPERTIES.flatMap((name) => {
    const value = name === 'jwksUri' || name === 'samlMetadataUri' ? certificate[name] : textIn(texts, name);
    return value === undefined ? [] : [{ name, value, displayName: null }];
  });
  const others = (provider.fileProperties ?? []).map(({ name, value }) => ({ name, value, displayName: null }));
  return [...own, ...others];
}
