import type { FileModel } from '../exported-files/formats';
import type { XmlElement } from '../exported-files/xml';
import { anything, flag, listOf, model, required, text } from '../shapes';

/*
 * The file of an identity provider holds the product's internal model, not the REST model (reference §2.2.6): its
 * fields, its XML elements and the Java class that its YAML names.
 */

const claimUri = model({ claimUri: text, claimId: anything });
const property = model({
  name: text,
  value: text,
  confidential: flag,
  defaultValue: anything,
  displayName: anything,
  required: anything,
  description: anything,
  type: anything,
  displayOrder: anything,
  regex: anything,
  options: anything,
  subProperties: anything,
  advanced: anything,
});
const authenticator = model({
  name: text,
  displayName: text,
  enabled: flag,
  valid: anything,
  definedByType: text,
  tags: anything,
  properties: listOf(property),
  endpointConfig: anything,
});
const connector = model({
  name: text,
  enabled: flag,
  blocking: flag,
  rulesEnabled: flag,
  valid: anything,
  provisioningProperties: listOf(property),
});

/** What a file may say; anything else makes it unreadable, as in requests. */
export const providerFileShape = model({
  id: anything,
  resourceId: anything,
  identityProviderName: required(text),
  identityProviderDescription: text,
  alias: text,
  displayName: text,
  primary: flag,
  federationHub: flag,
  homeRealmId: text,
  provisioningRole: text,
  enable: flag,
  imageUrl: text,
  templateId: text,
  trustedTokenIssuer: flag,
  certificate: text,
  certificateInfoArray: listOf(model({ thumbPrint: text, certValue: text })),
  federatedAuthenticatorConfigs: listOf(authenticator),
  defaultAuthenticatorConfig: authenticator,
  provisioningConnectorConfigs: listOf(connector),
  defaultProvisioningConnectorConfig: connector,
  claimConfig: model({
    roleClaimURI: text,
    userClaimURI: text,
    localClaimDialect: flag,
    alwaysSendMappedLocalSubjectId: anything,
    mappedLocalSubjectMandatory: anything,
    spClaimDialects: anything,
    idpClaims: listOf(claimUri),
    claimMappings: listOf(
      model({ localClaim: claimUri, remoteClaim: claimUri, defaultValue: text, requested: flag, mandatory: flag }),
    ),
  }),
  permissionAndRoleConfig: model({
    permissions: anything,
    idpRoles: listOf(text),
    roleMappings: listOf(model({ localRole: model({ userStoreId: text, localRoleName: text }), remoteRole: text })),
  }),
  justInTimeProvisioningConfig: model({
    provisioningEnabled: flag,
    provisioningUserStore: text,
    userStoreClaimUri: text,
    dumbMode: anything,
    modifyUserNameAllowed: flag,
    passwordProvisioningEnabled: flag,
    promptConsent: flag,
    associateLocalUserEnabled: flag,
    attributeSyncMethod: text,
    skipJITForLookupFailure: flag,
    accountLookupAttributeMappings: anything,
    idpGroupSyncMethod: text,
  }),
  federatedAssociationConfig: model({ enabled: flag, lookupAttributes: listOf(text) }),
  idPGroupConfig: listOf(model({ idpGroupName: text, idpGroupId: text, idpId: anything })),
  idpProperties: listOf(model({ name: text, value: text, displayName: text })),
});

function capitalised(...fields: string[]): Record<string, XmlElement> {
  return Object.fromEntries(fields.map((field) => [field, { name: field.charAt(0).toUpperCase() + field.slice(1) }]));
}

function switches(names: Readonly<Record<string, string>>): Record<string, XmlElement> {
  return Object.fromEntries(Object.entries(names).map(([field, name]) => [field, { name, type: 'flag' }]));
}

/* Names of elements are those of the classes in application.common 5.25.92, 7.0.80 and 7.8.614. */

const propertyElements: Record<string, XmlElement> = {
  ...capitalised('name', 'value', 'defaultValue', 'displayName', 'type', 'displayOrder', 'regex'),
  ...switches({ confidential: 'IsConfidential', required: 'Required', advanced: 'IsAdvanced' }),
};
const authenticatorElements: Record<string, XmlElement> = {
  ...capitalised('name', 'displayName'),
  ...switches({ enabled: 'IsEnabled' }),
  definedByType: { name: 'DefinedBy' },
  properties: { name: 'Properties', list: 'wrapped', item: 'Property', fields: propertyElements },
};
/** The class of a connector has no names of its own: elements are called as its properties are. */
const connectorElements: Record<string, XmlElement> = {
  name: { name: 'name' },
  ...switches({ enabled: 'enabled', blocking: 'blocking', rulesEnabled: 'rulesEnabled' }),
  provisioningProperties: { name: 'provisioningProperties', list: 'repeated', fields: propertyElements },
};
const claimElement: Record<string, XmlElement> = { claimUri: { name: 'ClaimUri' } };
const claimElements: Record<string, XmlElement> = {
  ...capitalised('roleClaimURI', 'userClaimURI'),
  ...switches({ localClaimDialect: 'LocalClaimDialect' }),
  idpClaims: { name: 'IdpClaim', list: 'wrapped', item: 'Claims', fields: claimElement },
  claimMappings: {
    name: 'ClaimMappings',
    list: 'wrapped',
    item: 'ClaimMapping',
    fields: {
      ...capitalised('defaultValue'),
      ...switches({ requested: 'RequestClaim', mandatory: 'MandatoryClaim' }),
      localClaim: { name: 'LocalClaim', fields: claimElement },
      remoteClaim: { name: 'RemoteClaim', fields: claimElement },
    },
  },
};
const roleElements: Record<string, XmlElement> = {
  idpRoles: { name: 'IdpRoles', list: 'wrapped', item: 'IdpRole' },
  permissions: { name: 'Permissions', list: 'wrapped', item: 'ApplicationPermission' },
  roleMappings: {
    name: 'RoleMappings',
    list: 'wrapped',
    item: 'RoleMapping',
    fields: {
      localRole: {
        name: 'localRole',
        fields: { userStoreId: { name: 'UserStoreId' }, localRoleName: { name: 'LocalRoleName' } },
      },
      remoteRole: { name: 'remoteRole' },
    },
  },
};
const provisioningElements: Record<string, XmlElement> = {
  ...capitalised('provisioningUserStore', 'attributeSyncMethod', 'idpGroupSyncMethod', 'userStoreClaimUri'),
  accountLookupAttributeMappings: {
    name: 'AccountLookupAttributeMappingConfigs',
    list: 'wrapped',
    item: 'AccountLookupAttributeMappingConfig',
    fields: {},
  },
  ...switches({
    provisioningEnabled: 'IsProvisioningEnabled',
    modifyUserNameAllowed: 'AllowModifyUserName',
    passwordProvisioningEnabled: 'IsPasswordProvisioningEnabled',
    promptConsent: 'PromptConsent',
    associateLocalUserEnabled: 'EnableAssociateLocalUser',
    skipJITForLookupFailure: 'EnableSkipJITOnAttributeLookUpFailure',
    dumbMode: 'IsDumbModeEnabled',
  }),
};

/** How such a file is written. */
export const providerFile: FileModel = {
  tags: { root: 'org.wso2.carbon.identity.application.common.model.IdentityProvider' },
  xml: {
    name: 'IdentityProvider',
    fields: {
      ...capitalised('identityProviderName', 'identityProviderDescription', 'alias', 'homeRealmId', 'displayName'),
      ...capitalised('provisioningRole', 'imageUrl', 'certificate', 'templateId'),
      ...switches({
        primary: 'IsPrimary',
        federationHub: 'IsFederationHub',
        enable: 'IsEnabled',
        trustedTokenIssuer: 'trustedTokenIssuer',
      }),
      certificateInfoArray: { name: 'certificateInfoArray', list: 'repeated', fields: {} },
      federatedAuthenticatorConfigs: {
        name: 'FederatedAuthenticatorConfigs',
        list: 'wrapped',
        item: 'FederatedAuthenticatorConfig',
        fields: authenticatorElements,
      },
      defaultAuthenticatorConfig: { name: 'DefaultAuthenticatorConfig', fields: authenticatorElements },
      provisioningConnectorConfigs: {
        name: 'ProvisioningConnectorConfigs',
        list: 'wrapped',
        item: 'ProvisioningConnectorConfig',
        fields: connectorElements,
      },
      defaultProvisioningConnectorConfig: { name: 'DefaultProvisioningConnectorConfig', fields: connectorElements },
      claimConfig: { name: 'ClaimConfig', fields: claimElements },
      permissionAndRoleConfig: { name: 'PermissionAndRoleConfig', fields: roleElements },
      justInTimeProvisioningConfig: { name: 'JustInTimeProvisioningConfig', fields: provisioningElements },
      federatedAssociationConfig: {
        name: 'FederatedAssociationConfig',
        fields: {
          ...switches({ enabled: 'IsEnabled' }),
          lookupAttributes: { name: 'LookupAttributes', list: 'repeated' },
        },
      },
      idpProperties: { name: 'IdpProperties', list: 'repeated', fields: {} },
      idPGroupConfig: {
        name: 'IdpGroupConfigs',
        list: 'wrapped',
        item: 'IdpGroupConfig',
        fields: { idpGroupName: { name: 'IdpGroup' } },
      },
    },
  },
};
