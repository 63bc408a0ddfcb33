import type { JsonObject } from '../../model/json';
import { flagIn, listIn, objectIn, objectsIn, present, textIn, textsIn } from '../fields';
import { encodedName } from '../identifiers';
import type { World } from '../world';
import { sentJit } from './attributes';
import { sentCertificates } from './certificates';
import type { ClaimPart } from './claims';
import { badPatch, missingEndpoint, noSuchProvider, withCode } from './failures';
import { FIELD_PROPERTIES } from './file-writing';
import type { AuthenticatorRecord, ConnectorRecord, IdentityProviderRecord, KeyedValue } from './record';
import { putChanged, refuseTakenName } from './writing';

/** POST /identity-providers/import: whatever the file says is taken, being primary and disabled included. */
export function createFromFile(world: World, file: JsonObject): IdentityProviderRecord {
  const name = fileName(file);
  refuseTakenName(world, name);
  const record = withCode('IDP-65002', () => ({
    id: world.identifiers.uuid(),
    ...providerInFile(world, file, undefined),
  }));
  world.identityProviders.put(record);
  return record;
}

/** PUT /identity-providers/{id}/import: the file replaces everything but the id. */
export function replaceFromFile(world: World, id: string, file: JsonObject): void {
  const stored = world.identityProviders.get(id);
  if (!stored) throw noSuchProvider(id);
  const name = fileName(file);
  if (name !== stored.name) refuseTakenName(world, name);
  withCode('IDP-65005', () => putChanged(world, stored, { id, ...providerInFile(world, file, stored) }));
}

function fileName(file: JsonObject): string {
  const name = textIn(file, 'identityProviderName') ?? '';
  if (name.trim() === '') throw badPatch('The file names no identity provider.');
  return name;
}

function providerInFile(
  world: World,
  file: JsonObject,
  stored: IdentityProviderRecord | undefined,
): Omit<IdentityProviderRecord, 'id'> {
  const isPrimary = flagIn(file, 'primary') ?? false;
  return {
    name: fileName(file),
    isEnabled: flagIn(file, 'enable') ?? false,
    isPrimary,
    isFederationHub: flagIn(file, 'federationHub') ?? false,
    texts: textsOf(file),
    certificate: certificatesOf(file),
    ...claimsOf(objectIn(file, 'claimConfig')),
    roles: rolesOf(file),
    groups: groupsOf(world, file, stored),
    authenticators: objectsIn(file, 'federatedAuthenticatorConfigs').map((each) => authenticatorOf(each, stored)),
    defaultAuthenticatorId: idOf(objectIn(file, 'defaultAuthenticatorConfig')),
    connectors: objectsIn(file, 'provisioningConnectorConfigs').map(connectorOf),
    defaultConnectorId: idOf(objectIn(file, 'defaultProvisioningConnectorConfig')),
    jit: sentJit(world, jitOf(objectIn(file, 'justInTimeProvisioningConfig'))),
    implicitAssociation: {
      isEnabled: flagIn(objectIn(file, 'federatedAssociationConfig'), 'enabled') ?? false,
      lookupAttribute: textsIn(objectIn(file, 'federatedAssociationConfig'), 'lookupAttributes'),
    },
    ...(flagIn(file, 'trustedTokenIssuer') === true ? { trustedTokenIssuer: true } : {}),
    fileProperties: propertiesOf(file).filter(({ name }) => !FIELD_PROPERTIES.some((known) => known === name)),
  };
}

function propertiesOf(file: JsonObject): { name: string; value: string }[] {
  return objectsIn(file, 'idpProperties').map((each) => ({
    name: textIn(each, 'name') ?? '',
    value: textIn(each, 'value') ?? '',
  }));
}

function propertyOf(file: JsonObject, name: string): string | undefined {
  return propertiesOf(file).find((each) => each.name === name)?.value;
}

function textsOf(file: JsonObject): JsonObject {
  const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);
  return present({
    description: filled(textIn(file, 'identityProviderDescription')),
    templateId: filled(textIn(file, 'templateId') ?? propertyOf(file, 'templateId')),
    image: filled(textIn(file, 'imageUrl')),
    homeRealmIdentifier: filled(textIn(file, 'homeRealmId')),
    alias: filled(textIn(file, 'alias')),
    idpIssuerName: filled(propertyOf(file, 'idpIssuerName')),
  });
}

function certificatesOf(file: JsonObject): IdentityProviderRecord['certificate'] {
  const listed = objectsIn(file, 'certificateInfoArray').map((each) => textIn(each, 'certValue') ?? '');
  return sentCertificates({
    certificates: listed.length > 0 ? listed : [textIn(file, 'certificate') ?? ''],
    jwksUri: propertyOf(file, 'jwksUri') ?? '',
    samlMetadataUri: propertyOf(file, 'samlMetadataUri') ?? '',
  });
}

function claimsOf(config: JsonObject | undefined): ClaimPart {
  const uriIn = (mapping: JsonObject, field: string): string => textIn(objectIn(mapping, field), 'claimUri') ?? '';
  const mappings = objectsIn(config, 'claimMappings');
  const isLocal = flagIn(config, 'localClaimDialect') ?? mappings.length === 0;
  return {
    userIdClaim: textIn(config, 'userClaimURI'),
    roleClaim: textIn(config, 'roleClaimURI'),
    claimMappings: isLocal
      ? []
      : mappings.map((each) => ({ idpClaim: uriIn(each, 'remoteClaim'), localClaim: uriIn(each, 'localClaim') })),
    provisioningClaims: mappings
      .filter((each) => flagIn(each, 'requested') === true && (textIn(each, 'defaultValue') ?? '').trim() !== '')
      .map((each) => ({ claim: uriIn(each, 'remoteClaim'), defaultValue: textIn(each, 'defaultValue') ?? '' })),
  };
}

function rolesOf(file: JsonObject): IdentityProviderRecord['roles'] {
  const mappings = objectsIn(objectIn(file, 'permissionAndRoleConfig'), 'roleMappings').map((each) => {
    const local = objectIn(each, 'localRole');
    const store = textIn(local, 'userStoreId') ?? '';
    const name = textIn(local, 'localRoleName') ?? '';
    return { idpRole: textIn(each, 'remoteRole') ?? '', localRole: store === '' ? name : `${store}/${name}` };
  });
  const outbound = (textIn(file, 'provisioningRole') ?? '').split(',').filter((role) => role !== '');
  return { mappings, outbound };
}

function groupsOf(
  world: World,
  file: JsonObject,
  stored: IdentityProviderRecord | undefined,
): IdentityProviderRecord['groups'] {
  return objectsIn(file, 'idPGroupConfig').map((each) => {
    const name = textIn(each, 'idpGroupName') ?? '';
    const sent = textIn(each, 'idpGroupId') ?? '';
    const known = stored?.groups.find((group) => group.name === name)?.id;
    return { name, id: known ?? (sent === '' ? world.identifiers.uuid() : sent) };
  });
}

function idOf(config: JsonObject | undefined): string | undefined {
  const name = textIn(config, 'name') ?? '';
  return name === '' ? undefined : encodedName(name);
}

function authenticatorOf(config: JsonObject, stored: IdentityProviderRecord | undefined): AuthenticatorRecord {
  const name = textIn(config, 'name') ?? '';
  const id = encodedName(name);
  const definedBy = textIn(config, 'definedByType') === 'USER' ? 'USER' : 'SYSTEM';
  const isEnabled = flagIn(config, 'enabled') ?? false;
  if (definedBy === 'SYSTEM') return { id, name, isEnabled, definedBy, properties: keyed(config, 'properties') };
  // A file never holds the secrets of an endpoint: what is there stays, and a new one cannot be made from it.
  const endpoint = stored?.authenticators.find((each) => each.id === id)?.endpoint;
  if (!endpoint) throw missingEndpoint(name);
  return { id, name, isEnabled, definedBy, properties: [], endpoint };
}

function connectorOf(config: JsonObject): ConnectorRecord {
  const name = textIn(config, 'name') ?? '';
  return {
    id: encodedName(name),
    name,
    isEnabled: flagIn(config, 'enabled') ?? false,
    blockingEnabled: flagIn(config, 'blocking') ?? false,
    rulesEnabled: flagIn(config, 'rulesEnabled') ?? false,
    properties: keyed(config, 'provisioningProperties'),
  };
}

/** Values as they stand in the file: a mask becomes the value. */
function keyed(config: JsonObject, field: string): KeyedValue[] {
  return objectsIn(config, field).map((each) => ({
    key: textIn(each, 'name') ?? '',
    value: textIn(each, 'value') ?? '',
  }));
}

function jitOf(config: JsonObject | undefined): JsonObject {
  const consent = flagIn(config, 'promptConsent') === true;
  const password = flagIn(config, 'passwordProvisioningEnabled') === true;
  const userName = flagIn(config, 'modifyUserNameAllowed') === true;
  const asked = userName ? 'PROMPT_USERNAME_PASSWORD_CONSENT' : password ? 'PROMPT_PASSWORD_CONSENT' : 'PROMPT_CONSENT';
  const store = textIn(config, 'provisioningUserStore') ?? '';
  return present({
    isEnabled: flagIn(config, 'provisioningEnabled') ?? false,
    scheme: consent ? asked : 'PROVISION_SILENTLY',
    userstore: store === '' ? undefined : store,
    associateLocalUser: flagIn(config, 'associateLocalUserEnabled'),
    attributeSyncMethod: textIn(config, 'attributeSyncMethod'),
    skipJITForLookupFailure: flagIn(config, 'skipJITForLookupFailure'),
    accountLookupAttributeMappings: listIn(config, 'accountLookupAttributeMappings'),
    idpGroupSyncMethod: textIn(config, 'idpGroupSyncMethod'),
  });
}
