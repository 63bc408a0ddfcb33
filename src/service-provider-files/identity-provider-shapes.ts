import { claimConfig, permissionAndRoleConfig, property } from './claim-shapes';
import { capitals, field, flag, list, map, plain, repeated, text, type MapShape } from './shape';

const properties = field(list('Property', property), 'Properties');

/** An authenticator, local or federated, in a step of an application or in an identity provider. */
export const authenticator: MapShape = map({
  ...capitals(text, 'name', 'displayName'),
  enabled: field(flag, 'IsEnabled'),
  properties,
  tags: field(repeated('Tags', text), 'Tags'),
  definedByType: field(text, 'DefinedBy'),
  ...capitals(text, 'authenticationType'),
});

const connector: MapShape = map({
  ...capitals(text, 'name'),
  provisioningProperties: field(list('Property', property), 'ProvisioningProperties'),
  enabled: field(flag, 'IsEnabled', 'Enabled'),
  blocking: field(flag, 'IsBlocking', 'Blocking'),
  rulesEnabled: field(flag, 'IsRulesEnabled', 'RulesEnabled'),
});

/** Just-in-time provisioning, and inbound provisioning of an application, which is a part of it. */
const inbound = {
  ...capitals(text, 'provisioningUserStore'),
  provisioningEnabled: field(flag, 'IsProvisioningEnabled', 'ProvisioningEnabled'),
  dumbMode: field(flag, 'IsDumbModeEnabled', 'DumbMode'),
};
export const inboundProvisioning: MapShape = map(inbound);

const jit: MapShape = map({
  ...inbound,
  passwordProvisioningEnabled: field(flag, 'IsPasswordProvisioningEnabled', 'PasswordProvisioningEnabled'),
  ...capitals(text, 'userStoreClaimUri'),
  modifyUserNameAllowed: field(flag, 'AllowModifyUserName', 'ModifyUserNameAllowed'),
  ...capitals(flag, 'promptConsent'),
  associateLocalUserEnabled: field(flag, 'EnableAssociateLocalUser', 'AssociateLocalUserEnabled'),
  ...capitals(text, 'attributeSyncMethod', 'idpGroupSyncMethod'),
  ...capitals(flag, 'skipJITForLookupFailure'),
  accountLookupAttributeMappings: field(
    repeated('AccountLookupAttributeMappings', map(plain(text, 'localAttribute', 'federatedAttribute'))),
    'AccountLookupAttributeMappings',
  ),
});

/** An identity provider (reference, 2.2.6): the model of the product, not that of its REST API. */
export const identityProvider: MapShape = map({
  ...capitals(text, 'identityProviderName', 'identityProviderDescription', 'alias'),
  primary: field(flag, 'IsPrimary'),
  federationHub: field(flag, 'IsFederationHub'),
  ...capitals(text, 'homeRealmId', 'provisioningRole', 'displayName'),
  enable: field(flag, 'IsEnabled', 'enabled'),
  federatedAuthenticatorConfigs: field(
    list('FederatedAuthenticatorConfig', authenticator),
    'FederatedAuthenticatorConfigs',
  ),
  defaultAuthenticatorConfig: field(authenticator, 'DefaultAuthenticatorConfig'),
  provisioningConnectorConfigs: field(list('ProvisioningConnectorConfig', connector), 'ProvisioningConnectorConfigs'),
  defaultProvisioningConnectorConfig: field(connector, 'DefaultProvisioningConnectorConfig'),
  claimConfig: field(claimConfig, 'ClaimConfig'),
  ...capitals(text, 'certificate'),
  certificateInfoArray: field(
    repeated('certificateInfoArray', map(plain(text, 'thumbPrint', 'certValue'))),
    'certificateInfoArray',
  ),
  permissionAndRoleConfig: field(permissionAndRoleConfig, 'PermissionAndRoleConfig'),
  idPGroupConfig: field(
    list(
      'IdpGroupConfig',
      map({ idpGroupName: field(text, 'IdpGroup', 'IdpGroupName'), ...plain(text, 'idpGroupId', 'idpId') }),
    ),
    'IdpGroupConfigs',
    'IdPGroupConfigs',
    'IdPGroupConfig',
  ),
  justInTimeProvisioningConfig: field(jit, 'JustInTimeProvisioningConfig'),
  idpProperties: field(
    repeated('IdpProperties', map({ ...plain(text, 'name', 'value', 'displayName') })),
    'IdpProperties',
  ),
  ...capitals(text, 'imageUrl', 'templateId', 'id', 'resourceId'),
  // Read in files of a deployment (repository/conf/identity/identity-providers); exports have properties for them.
  ...capitals(text, 'issuer'),
  jwksEndpoint: field(text, 'JWKSEndpoint'),
  trustedTokenIssuer: field(flag, 'IsTrustedTokenIssuer', 'TrustedTokenIssuer'),
  federatedAssociationConfig: field(
    map({
      enabled: field(flag, 'IsEnabled'),
      lookupAttributes: field(repeated('LookupAttributes', text), 'LookupAttributes'),
    }),
    'FederatedAssociationConfig',
  ),
});
