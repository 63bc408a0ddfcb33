import type { JsonObject } from '../../model/json';
import type { IndexKeys } from '../registry';

/** A SCIM2 role. `audience` is the id of the application, or of the root organization. */
export type RoleRecord = {
  readonly id: string;
  readonly displayName: string;
  readonly audience: string;
  readonly audienceType: 'organization' | 'application';
  /** Scope names from 7.0, permission paths before. */
  readonly permissions: readonly string[];
  readonly users?: readonly RoleMember[];
  readonly groups?: readonly RoleMember[];
};

/** A user or group by its id; the sandbox has neither, so any id will do. */
export type RoleMember = { readonly value: string; readonly display?: string };

export type ApiScope = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
};

/** A type of rich authorization request (RFC 9396) that an API understands. */
export type AuthorizationDetailsType = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
};

/** An API resource; `sequence` is its place in the list, which the cursors name. */
export type ApiResourceRecord = {
  readonly id: string;
  readonly sequence: number;
  readonly name: string;
  readonly identifier: string;
  readonly description?: string;
  readonly type: string;
  readonly requiresAuthorization: boolean;
  readonly scopes: readonly ApiScope[];
  readonly authorizationDetailsTypes?: readonly AuthorizationDetailsType[];
};

export const roleKeys = {
  audience: (record) => [record.audience],
  // Names are unique per audience only (reference §2.6).
  key: (record) => [`${record.audience}/${record.displayName}`],
  name: (record) => [record.displayName],
} satisfies IndexKeys<RoleRecord>;

export const apiResourceKeys = {
  identifier: (record) => [record.identifier],
  scope: (record) => record.scopes.map((scope) => scope.name),
} satisfies IndexKeys<ApiResourceRecord>;
