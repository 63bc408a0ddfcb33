import {
  capitals,
  count,
  field,
  flag,
  list,
  map,
  plain,
  repeated,
  since,
  text,
  type Field,
  type MapShape,
} from './shape';

const start: Record<string, Field> = {
  ...capitals(text, 'name', 'value'),
  confidential: field(flag, 'IsConfidential', 'Confidential'),
  ...capitals(text, 'defaultValue', 'displayName'),
  ...capitals(flag, 'required'),
  // The class gives the description the name of the default value, so that the element comes twice.
  description: field(text, 'DefaultValue', 'Description'),
  ...capitals(text, 'type'),
  ...capitals(count, 'displayOrder'),
  advanced: field(flag, 'IsAdvanced'),
};
const end: Record<string, Field> = {
  ...capitals(text, 'regex'),
  options: field(list('Option', text), 'Options'),
};

/** A setting of an authenticator, a connector or an inbound protocol. */
export const property: MapShape = map({
  ...start,
  ...since('6.0', { groupId: field(count, 'GroupID') }),
  ...end,
  subProperties: field(list('SubProperty', map({ ...start, ...end })), 'SubProperties'),
});

const claim = map({ claimUri: field(text, 'ClaimUri'), claimId: field(count, 'claimId', 'ClaimId') });

/** The claim configuration of applications and of identity providers (reference, 3.5). */
export const claimConfig: MapShape = map({
  ...capitals(text, 'roleClaimURI', 'userClaimURI', 'claimDialectURI'),
  ...capitals(flag, 'localClaimDialect'),
  idpClaims: field(list('Claims', claim), 'IdpClaim', 'IdpClaims'),
  claimMappings: field(
    list(
      'ClaimMapping',
      map({
        localClaim: field(claim, 'LocalClaim'),
        remoteClaim: field(claim, 'RemoteClaim'),
        ...capitals(text, 'defaultValue'),
        requested: field(flag, 'RequestClaim'),
        mandatory: field(flag, 'MandatoryClaim'),
      }),
    ),
    'ClaimMappings',
  ),
  ...capitals(flag, 'alwaysSendMappedLocalSubjectId'),
  ...since('7.0', capitals(flag, 'mappedLocalSubjectMandatory')),
  spClaimDialects: field(list('SPClaimDialect', text), 'SPClaimDialects'),
});

/** Roles of applications and of identity providers. */
export const permissionAndRoleConfig: MapShape = map({
  permissions: field(list('ApplicationPermission', map(plain(text, 'value'))), 'Permissions'),
  roleMappings: field(
    list(
      'RoleMapping',
      map({
        localRole: field(map(capitals(text, 'localRoleName', 'userStoreId')), 'localRole', 'LocalRole'),
        remoteRole: field(text, 'remoteRole', 'RemoteRole'),
      }),
    ),
    'RoleMappings',
  ),
  idpRoles: field(list('IdpRole', text), 'IdpRoles'),
});

const profile = map(plain(flag, 'readOnly', 'required', 'supportedByDefault'));

/**
 * A claim dialect with its claims: REST field names in every format (reference, 2.3.4). In XML the name of an element
 * says whether a claim is local.
 */
export const claimDialect: MapShape = map({
  ...plain(text, 'id', 'dialectURI'),
  claims: field(
    list(
      'claim',
      map({
        ...plain(text, 'type', 'id', 'claimURI', 'dialectURI', 'claimDialectURI', 'mappedLocalClaimURI'),
        ...plain(text, 'description', 'displayName', 'regEx', 'dataType', 'uniquenessScope'),
        ...plain(text, 'sharedProfileValueResolvingMethod'),
        ...plain(count, 'displayOrder'),
        ...plain(flag, 'readOnly', 'required', 'supportedByDefault', 'multiValued'),
        ...plain(flag, 'managedInUserStore', 'extendedValued'),
        attributeMapping: field(
          repeated('attributeMapping', map(plain(text, 'userstore', 'mappedAttribute'))),
          'attributeMapping',
        ),
        properties: field(repeated('properties', map(plain(text, 'key', 'value'))), 'properties'),
        subAttributes: field(repeated('subAttributes', text), 'subAttributes'),
        canonicalValues: field(repeated('canonicalValues', map(plain(text, 'label', 'value'))), 'canonicalValues'),
        inputFormat: field(map(plain(text, 'inputType')), 'inputFormat'),
        profiles: field(map(plain(profile, 'console', 'endUser', 'selfRegistration')), 'profiles'),
      }),
      ['LocalClaimConfiguration', 'ExternalClaimConfiguration'],
    ),
    'claims',
  ),
});
