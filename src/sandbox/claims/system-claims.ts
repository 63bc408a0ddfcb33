import type { Gate } from '../versions';

/** A local claim that the product ships with: last part of the URI, attribute, display name. */
export type SystemClaim = Gate & {
  readonly name: string;
  readonly attribute: string;
  readonly displayName: string;
  readonly multiValued?: boolean;
  /** Of no interest to people. */
  readonly hidden?: boolean;
};

/** A dialect that the product ships with, and which of its claims stand for which local ones. */
export type SystemDialect = Gate & { readonly uri: string; readonly claims: Readonly<Record<string, string>> };

function claim(
  name: string,
  attribute: string,
  displayName: string,
  more: Gate & { multiValued?: boolean; hidden?: boolean } = {},
): SystemClaim {
  return { name, attribute, displayName, ...more };
}

/** The part of the shipped local claims that configuration commonly uses (reference §2.3.3). */
export const SYSTEM_CLAIMS: readonly SystemClaim[] = [
  claim('username', 'uid', 'Username'),
  claim('userid', 'scimId', 'User ID'),
  claim('emailaddress', 'mail', 'Email'),
  claim('givenname', 'givenName', 'First Name'),
  claim('lastname', 'sn', 'Last Name'),
  claim('middleName', 'middleName', 'Middle Name'),
  claim('fullname', 'cn', 'Full Name'),
  claim('displayName', 'displayName', 'Display Name'),
  claim('nickname', 'nickName', 'Nick Name'),
  claim('mobile', 'mobile', 'Mobile'),
  claim('telephone', 'telephoneNumber', 'Telephone'),
  claim('dob', 'dateOfBirth', 'Birth Date'),
  claim('gender', 'gender', 'Gender'),
  claim('country', 'country', 'Country'),
  claim('region', 'region', 'State'),
  claim('locality', 'localityName', 'Locality'),
  claim('streetaddress', 'streetAddress', 'Address - Street'),
  claim('postalcode', 'postalcode', 'Postal Code'),
  claim('addresses', 'addresses', 'Address'),
  claim('organization', 'organizationName', 'Organization'),
  claim('department', 'departmentNumber', 'Department'),
  claim('title', 'title', 'Title'),
  claim('url', 'url', 'URL'),
  claim('photourl', 'photoUrl', 'Photo URL'),
  claim('local', 'local', 'Local'),
  claim('timeZone', 'timeZone', 'Time Zone'),
  claim('userType', 'userType', 'User Type'),
  claim('resourceType', 'ref', 'Resource Type'),
  claim('created', 'createdDate', 'Created Time'),
  claim('modified', 'lastModifiedDate', 'Last Modified Time'),
  claim('externalid', 'externalId', 'External User ID'),
  claim('active', 'active', 'Active'),
  claim('groups', 'groups', 'Groups'),
  claim('roles', 'roles', 'Roles'),
  // From 6.0 on this one is gone, though GETs of applications still name it (reference §4).
  claim('role', 'role', 'Role', { until: '5.11' }),
  claim('emailAddresses', 'emailAddresses', 'Email Addresses', { since: '7.0', multiValued: true }),
  claim('mobileNumbers', 'mobileNumbers', 'Mobile Numbers', { since: '7.0', multiValued: true }),
  claim('identity/accountLocked', 'accountLock', 'Account Locked'),
  claim('identity/accountDisabled', 'accountDisabled', 'Account Disabled'),
  claim('identity/emailVerified', 'emailVerified', 'Email Verified'),
  claim('identity/phoneVerified', 'phoneVerified', 'Phone Verified'),
  claim('identity/lastLogonTime', 'lastLogonTime', 'Last Logon'),
  claim('identity/failedLoginAttempts', 'failedLoginAttempts', 'Failed Login Attempts'),
  claim('identity/adminForcedPasswordReset', 'forcePasswordReset', 'Force Password Reset', { hidden: true }),
];

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const SOAP = 'http://schemas.xmlsoap.org/ws/2005/05/identity';
const AX = 'http://axschema.org';

/** The shipped dialects beside the local one (reference §2.3.3). */
export const SYSTEM_DIALECTS: readonly SystemDialect[] = [
  {
    uri: 'http://wso2.org/oidc/claim',
    claims: {
      sub: 'userid',
      name: 'fullname',
      given_name: 'givenname',
      family_name: 'lastname',
      middle_name: 'middleName',
      nickname: 'nickname',
      preferred_username: 'displayName',
      profile: 'url',
      picture: 'photourl',
      email: 'emailaddress',
      email_verified: 'identity/emailVerified',
      gender: 'gender',
      birthdate: 'dob',
      zoneinfo: 'timeZone',
      locale: 'local',
      phone_number: 'mobile',
      phone_number_verified: 'identity/phoneVerified',
      address: 'addresses',
      street_address: 'streetaddress',
      postal_code: 'postalcode',
      country: 'country',
      region: 'region',
      locality: 'locality',
      updated_at: 'modified',
      upn: 'username',
      groups: 'groups',
      roles: 'roles',
    },
  },
  {
    uri: CORE,
    claims: {
      [`${CORE}:id`]: 'userid',
      [`${CORE}:externalId`]: 'externalid',
      [`${CORE}:meta.created`]: 'created',
      [`${CORE}:meta.lastModified`]: 'modified',
      [`${CORE}:meta.resourceType`]: 'resourceType',
    },
  },
  {
    uri: `${CORE}:User`,
    claims: {
      [`${CORE}:User:userName`]: 'username',
      [`${CORE}:User:name.givenName`]: 'givenname',
      [`${CORE}:User:name.familyName`]: 'lastname',
      [`${CORE}:User:name.middleName`]: 'middleName',
      [`${CORE}:User:displayName`]: 'displayName',
      [`${CORE}:User:nickName`]: 'nickname',
      [`${CORE}:User:emails`]: 'emailaddress',
      [`${CORE}:User:phoneNumbers.mobile`]: 'mobile',
      [`${CORE}:User:title`]: 'title',
      [`${CORE}:User:userType`]: 'userType',
      [`${CORE}:User:active`]: 'active',
      [`${CORE}:User:profileUrl`]: 'url',
      [`${CORE}:User:roles`]: 'roles',
      [`${CORE}:User:groups`]: 'groups',
    },
  },
  {
    uri: ENTERPRISE,
    claims: {
      [`${ENTERPRISE}:organization`]: 'organization',
      [`${ENTERPRISE}:department`]: 'department',
      [`${ENTERPRISE}:country`]: 'country',
      [`${ENTERPRISE}:accountLocked`]: 'identity/accountLocked',
      [`${ENTERPRISE}:accountDisabled`]: 'identity/accountDisabled',
    },
  },
  {
    uri: 'urn:scim:wso2:schema',
    since: '7.0',
    claims: {
      'urn:scim:wso2:schema:emailAddresses': 'emailAddresses',
      'urn:scim:wso2:schema:mobileNumbers': 'mobileNumbers',
      'urn:scim:wso2:schema:lastLogonTime': 'identity/lastLogonTime',
      'urn:scim:wso2:schema:forcePasswordReset': 'identity/adminForcedPasswordReset',
    },
  },
  {
    uri: SOAP,
    claims: {
      [`${SOAP}/claims/emailaddress`]: 'emailaddress',
      [`${SOAP}/claims/givenname`]: 'givenname',
      [`${SOAP}/claims/surname`]: 'lastname',
      [`${SOAP}/claims/country`]: 'country',
    },
  },
  {
    uri: AX,
    claims: {
      [`${AX}/contact/email`]: 'emailaddress',
      [`${AX}/namePerson/first`]: 'givenname',
      [`${AX}/namePerson/last`]: 'lastname',
    },
  },
];
