import { claimConfig, permissionAndRoleConfig, property } from './claim-shapes';
import { capitals, field, flag, list, map, plain, repeated, since, text, type MapShape } from './shape';

const properties = field(list('Property', property), 'Properties');

/** An authenticator, local or federated, in a step of an application or in an identity provider. */
export const authenticator: MapShape = map({
  ...capitals(text, 'name', 'displayName'),
  enabled: field(flag, 'IsEnabled'),
  properties,
  ...since('6.0', { tags: field(repeated('Tags', text), 'Tags') }),
  ...since('7.1', { definedByType: field(text, 'DefinedBy') }),
  ...capitals(text, 'authenticationType'),
});

/** The one class without names of its own: elements are called as its properties are, and lists have no wrapper. */
const connector: MapShape = map({
  blocking: field(flag, 'blocking', 'IsBlocking', 'Blocking'),
  enabled: field(flag, 'enabled', 'IsEnabled', 'Enabled'),
  name: field(text, 'name', 'Name'),
  provisioningProperties: field(repeated('Property', property), 'provisioningProperties', 'ProvisioningProperties'),
  rulesEnabled: field(flag, 'rulesEnabled', 'IsRulesEnabled', 'RulesEnabled'),
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
  ...since('6.1', {
    associateLocalUserEnabled: field(flag, 'EnableAssociateLocalUser', 'AssociateLocalUserEnabled'),
  }),
  ...since('7.2', {
    skipJITOnAttrAccLookUpFailureEnabled: field(
      flag,
      'EnableSkipJITOnAttributeLookUpFailure',
      'SkipJITForLookupFailure',
      'skipJITForLookupFailure',
    ),
    accountLookupAttributeMappings: field(
      list('AccountLookupAttributeMappingConfig', map(plain(text, 'localAttribute', 'federatedAttribute'))),
      'AccountLookupAttributeMappingConfigs',
      'AccountLookupAttributeMappings',
    ),
  }),
  ...since('7.0', capitals(text, 'attributeSyncMethod')),
  // In none of the classes that could be read; the API has it since 7.3.
  ...since('7.3', capitals(text, 'idpGroupSyncMethod')),
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
  permissionAndRoleConfig: field(permissionAndRoleConfig, 'PermissionAndRoleConfig'),
  ...since('7.0', {
    idPGroupConfig: field(
      list(
        'IdpGroupConfig',
        map({ idpGroupName: field(text, 'IdpGroup', 'IdpGroupName'), ...plain(text, 'idpGroupId', 'idpId') }),
      ),
      'IdpGroupConfigs',
      'IdPGroupConfigs',
      'IdPGroupConfig',
    ),
  }),
  justInTimeProvisioningConfig: field(jit, 'JustInTimeProvisioningConfig'),
  ...since('7.0', {
    federatedAssociationConfig: field(
      map({
        enabled: field(flag, 'IsEnabled'),
        lookupAttributes: field(repeated('LookupAttributes', text), 'LookupAttributes'),
      }),
      'FederatedAssociationConfig',
    ),
    idpProperties: field(repeated('IdpProperties', map(plain(text, 'displayName', 'name', 'value'))), 'IdpProperties'),
  }),
  certificateInfoArray: field(
    repeated('certificateInfoArray', map(plain(text, 'certValue', 'thumbPrint'))),
    'certificateInfoArray',
  ),
  ...capitals(text, 'imageUrl'),
  ...since('6.0', capitals(text, 'templateId')),
  ...since('7.0', {
    trustedTokenIssuer: field(flag, 'trustedTokenIssuer', 'IsTrustedTokenIssuer', 'TrustedTokenIssuer'),
  }),
  ...capitals(text, 'id', 'resourceId'),
  // Read in files of a deployment (repository/conf/identity/identity-providers); exports have properties for them.
  ...capitals(text, 'issuer'),
  jwksEndpoint: field(text, 'JWKSEndpoint'),
});
