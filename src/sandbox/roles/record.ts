import type { JsonObject } from '../../model/json';
import type { IndexKeys } from '../registry';

/** A role of SCIM2 v2. `audience` is the id of the application, or of the root organization. */
export type RoleRecord = {
  readonly id: string;
  readonly displayName: string;
  readonly audience: string;
  readonly audienceType: 'organization' | 'application';
  readonly permissions: readonly string[];
};

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
