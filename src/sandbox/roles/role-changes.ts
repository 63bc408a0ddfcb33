import { isObject, type Json, type JsonObject } from '../../model/json';
import { isBlank, listIn, objectsIn, present, textIn } from '../fields';
import { ScimFailure } from '../http/scim';
import type { World } from '../world';
import type { RoleMember, RoleRecord } from './record';

/** What can be changed of a role. */
export type RoleFields = Pick<RoleRecord, 'displayName' | 'permissions' | 'users' | 'groups'>;

/** How one version of the role API reads permissions: as objects with a value, or as bare paths. */
export interface RoleDialect {
  permissions(world: World, sent: readonly Json[]): string[];
}

/** Permissions of v1: paths, taken as they are. */
export const pathDialect: RoleDialect = {
  permissions: (_world, sent) => sent.filter((each): each is string => typeof each === 'string'),
};

/** Permissions of v2: scopes of API resources, which have to exist (reference §2.6). */
export const scopeDialect: RoleDialect = {
  permissions: (world, sent) => {
    const names = sent.filter(isObject).map((each) => textIn(each, 'value') ?? '');
    const unknown = names.find((name) => !world.apiResources.find('scope', name));
    if (unknown !== undefined) throw new ScimFailure(400, `There is no permission ${unknown}.`, 'invalidValue');
    return [...new Set(names)];
  },
};

/** The fields of a POST or PUT; attributes that roles do not have are ignored. */
export function sentRole(world: World, dialect: RoleDialect, body: JsonObject): RoleFields {
  const displayName = textIn(body, 'displayName') ?? '';
  if (isBlank(displayName)) throw new ScimFailure(400, 'A role needs a displayName.', 'invalidValue');
  return {
    displayName,
    permissions: dialect.permissions(world, listIn(body, 'permissions') ?? []),
    users: membersIn(body, 'users'),
    groups: membersIn(body, 'groups'),
  };
}

function membersIn(body: JsonObject, field: string): RoleMember[] {
  return objectsIn(body, field).map((each) => {
    const display = textIn(each, 'display');
    return { value: textIn(each, 'value') ?? '', ...(display === undefined ? {} : { display }) };
  });
}

/** A member as the API shows it. */
export function shownMembers(world: World, kind: 'Users' | 'Groups', members: readonly RoleMember[]): JsonObject[] {
  return members.map(({ value, display }) =>
    present({ value, display, $ref: world.location(`/${kind}/${value}`, '/scim2') }),
  );
}

/** PATCH (RFC 7644 §3.5.2): all operations or none. */
export function patchedRole(world: World, dialect: RoleDialect, role: RoleRecord, body: JsonObject): RoleRecord {
  const operations = objectsIn(body, 'Operations');
  if (operations.length === 0) throw new ScimFailure(400, 'A patch needs Operations.', 'invalidSyntax');
  return operations.reduce<RoleRecord>((patched, each) => patchedOnce(world, dialect, patched, each), role);
}

function patchedOnce(world: World, dialect: RoleDialect, role: RoleRecord, operation: JsonObject): RoleRecord {
  const op = (textIn(operation, 'op') ?? '').toLowerCase();
  if (!['add', 'replace', 'remove'].includes(op))
    throw new ScimFailure(400, `There is no operation ${op}.`, 'invalidSyntax');
  const path = textIn(operation, 'path');
  const value = operation.value ?? null;
  if (path !== undefined) return patchedAt(world, dialect, role, op, path, value);
  if (op === 'remove' || !isObject(value)) throw new ScimFailure(400, 'The operation needs a path.', 'noTarget');
  return Object.entries(value).reduce<RoleRecord>(
    (patched, [field, item]) => patchedAt(world, dialect, patched, op, field, item),
    role,
  );
}

const TARGET = /^(\w+)(?:\[value eq "?([^"\]]*)"?\])?$/;

function patchedAt(
  world: World,
  dialect: RoleDialect,
  role: RoleRecord,
  op: string,
  path: string,
  value: Json,
): RoleRecord {
  const [, field = '', only] = TARGET.exec(path) ?? [];
  if (field === 'displayName') {
    if (op === 'remove' || typeof value !== 'string' || isBlank(value)) {
      throw new ScimFailure(400, 'A role needs a displayName.', 'invalidValue');
    }
    return { ...role, displayName: value };
  }
  const items = Array.isArray(value) ? value : value === null ? [] : [value];
  if (field === 'permissions') {
    const sent = op === 'remove' ? [] : dialect.permissions(world, items);
    return { ...role, permissions: [...new Set([...kept(role.permissions, op, only, (each) => each), ...sent])] };
  }
  if (field !== 'users' && field !== 'groups')
    throw new ScimFailure(400, `There is no attribute ${path}.`, 'invalidPath');
  const sent = op === 'remove' ? [] : membersIn({ members: items }, 'members');
  const before = kept(role[field] ?? [], op, only, (each) => each.value);
  const known = new Set(before.map((each) => each.value));
  return { ...role, [field]: [...before, ...sent.filter((each) => !known.has(each.value))] };
}

/** What an operation leaves of a list: all for add, none for replace and a bare remove, the others for one item. */
function kept<T>(list: readonly T[], op: string, only: string | undefined, valueOf: (item: T) => string): readonly T[] {
  if (op === 'add') return list;
  return only === undefined ? [] : list.filter((item) => valueOf(item) !== only);
}
