import type { JsonObject } from '../../model/json';
import { encodedName } from '../identifiers';

interface TypeProperty {
  readonly name: string;
  readonly defaultValue: string;
  readonly description: string;
}

/** A kind of user store that a stock server offers. */
export interface StoreType {
  readonly typeName: string;
  readonly className: string;
  readonly isLocal: boolean;
  readonly mandatory: readonly TypeProperty[];
  readonly optional: readonly TypeProperty[];
  readonly advanced: readonly TypeProperty[];
}

function property(name: string, defaultValue: string, description = name): TypeProperty {
  return { name, defaultValue, description };
}

/** The mark in a description that says that the value is kept encrypted and never shown (reference §2.4). */
const ENCRYPTED = '#encrypt';

const JDBC_MANDATORY = [
  property('url', '', 'Connection URL of the user database'),
  property('userName', '', 'User of the database'),
  property('password', '', `Password of the database user${ENCRYPTED}`),
  property('driverName', '', 'Class of the JDBC driver'),
];

const LDAP_MANDATORY = [
  property('ConnectionURL', '', 'Address of the directory'),
  property('ConnectionName', '', 'DN that the server connects with'),
  property('ConnectionPassword', '', `Password of that DN${ENCRYPTED}`),
  property('UserSearchBase', '', 'DN below which the users are'),
  property('UserNameAttribute', 'uid', 'Attribute that holds the user name'),
  property('UserNameSearchFilter', '(&(objectClass=person)(uid=?))', 'Filter that finds a user'),
];

const OPTIONAL = [
  property('disabled', 'false', 'The store is out of use'),
  property('ReadGroups', 'true', 'Groups are read'),
  property('WriteGroups', 'true', 'Groups are written'),
  property('UsernameJavaRegEx', '^[\\S]{3,30}$', 'What a user name looks like'),
  property('PasswordJavaRegEx', '^[\\S]{5,30}$', 'What a password looks like'),
  property('RolenameJavaRegEx', '^[\\S]{3,30}$', 'What a group name looks like'),
  property('CaseInsensitiveUsername', 'true', 'Case does not count in user names'),
];

const CACHE = [
  property('UserRolesCacheEnabled', 'true', 'Groups of users are cached'),
  property('MaxUserNameListLength', '100', 'Longest list of users'),
  property('MaxRoleNameListLength', '100', 'Longest list of groups'),
];

/** JDBC stores carry the statements that they run as properties; a stock server has many more (quirk 25). */
const SQL = [
  property('SelectUserSQL', 'SELECT * FROM UM_USER WHERE UM_USER_NAME=? AND UM_TENANT_ID=?'),
  property('UserFilterSQL', 'SELECT UM_USER_NAME FROM UM_USER WHERE UM_USER_NAME LIKE ? AND UM_TENANT_ID=?'),
  property('IsUserExistingSQL', 'SELECT UM_ID FROM UM_USER WHERE UM_USER_NAME=? AND UM_TENANT_ID=?'),
  property('DeleteUserSQL', 'DELETE FROM UM_USER WHERE UM_USER_NAME=? AND UM_TENANT_ID=?'),
  property('PasswordDigest', 'SHA-256'),
  property('StoreSaltedPassword', 'true'),
];

function jdbc(typeName: string): StoreType {
  const className = `org.wso2.carbon.user.core.jdbc.${typeName}`;
  return {
    typeName,
    className,
    isLocal: true,
    mandatory: JDBC_MANDATORY,
    optional: OPTIONAL,
    advanced: [...CACHE, ...SQL],
  };
}

function ldap(typeName: string): StoreType {
  const className = `org.wso2.carbon.user.core.ldap.${typeName}`;
  return { typeName, className, isLocal: true, mandatory: LDAP_MANDATORY, optional: OPTIONAL, advanced: CACHE };
}

/** The types on offer (reference §2.4): the ones with unique user ids, and the older ones without. */
export const STORE_TYPES: readonly StoreType[] = [
  jdbc('UniqueIDJDBCUserStoreManager'),
  ldap('UniqueIDReadWriteLDAPUserStoreManager'),
  ldap('UniqueIDReadOnlyLDAPUserStoreManager'),
  ldap('UniqueIDActiveDirectoryUserStoreManager'),
  jdbc('JDBCUserStoreManager'),
  ldap('ReadWriteLDAPUserStoreManager'),
  ldap('ReadOnlyLDAPUserStoreManager'),
  ldap('ActiveDirectoryUserStoreManager'),
];

const byName = new Map(STORE_TYPES.map((type) => [type.typeName, type]));
const byId = new Map(STORE_TYPES.map((type) => [encodedName(type.typeName), type]));

export function storeTypeNamed(typeName: string): StoreType | undefined {
  return byName.get(typeName);
}

/** The type with this id: base64url of its name. */
export function storeTypeWithId(id: string): StoreType | undefined {
  return byId.get(id.replace(/=+$/, ''));
}

/** True for properties whose values the server encrypts. */
export function isSecretProperty(type: StoreType | undefined, name: string): boolean {
  return type?.mandatory.some((each) => each.name === name && each.description.endsWith(ENCRYPTED)) ?? false;
}

/** A type as GET …/meta/types/{id} shows it. */
export function shownStoreType(type: StoreType): JsonObject {
  const shown = (properties: readonly TypeProperty[]): JsonObject[] => properties.map((each) => ({ ...each }));
  return {
    typeName: type.typeName,
    typeId: encodedName(type.typeName),
    className: type.className,
    isLocal: type.isLocal,
    properties: {
      Mandatory: shown(type.mandatory),
      Optional: shown(type.optional),
      Advanced: shown(type.advanced),
    },
  };
}
