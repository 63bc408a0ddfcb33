import type { JsonObject } from '../../model/json';
import { asObject, objectIn, textIn } from '../fields';
import { created, noContent, ok, parameter, type Call, type Mount, type Route } from '../http/route';
import { ScimFailure } from '../http/scim';
import { anything } from '../shapes';
import { ROOT_ORGANIZATION, type World } from '../world';
import type { RoleRecord } from './record';
import {
  patchedRole,
  pathDialect,
  scopeDialect,
  sentRole,
  shownMembers,
  type RoleDialect,
  type RoleFields,
} from './role-changes';
import { postedWish, queriedWish, roleList, selected } from './scim-list';

const SCHEMA = 'urn:ietf:params:scim:schemas:extension:2.0:Role';

/** One of the two role APIs. */
interface RoleApi {
  readonly mount: Mount;
  readonly since?: '7.0';
  readonly dialect: RoleDialect;
  show(role: RoleRecord): JsonObject;
  audience(body: JsonObject): Pick<RoleRecord, 'audience' | 'audienceType'>;
}

/** SCIM2 roles: v1 in every version, v2 with audiences from 7.0 (reference §2.6). */
export function roleRoutes(world: World): Route[] {
  const v1: RoleApi = {
    mount: '/scim2',
    dialect: pathDialect,
    show: (role) => ({ ...shownBasics(world, role, '/scim2'), permissions: [...role.permissions] }),
    audience: () => ({ audience: ROOT_ORGANIZATION, audienceType: 'organization' }),
  };
  const v2: RoleApi = {
    mount: '/scim2/v2',
    since: '7.0',
    dialect: scopeDialect,
    show: (role) => ({ ...shownBasics(world, role, '/scim2/v2'), ...shownAudience(world, role) }),
    audience: (body) => sentAudience(world, objectIn(body, 'audience')),
  };
  return [v1, v2].flatMap((api) => [...readingRoutes(world, api), ...writingRoutes(world, api)]);
}

function readingRoutes(world: World, api: RoleApi): Route[] {
  const common = { mount: api.mount, since: api.since, scopes: ['internal_role_mgt_view'] };
  return [
    { ...common, verb: 'GET', path: '/Roles', answer: (call) => ok(roleList(world, queriedWish(call), api.show)) },
    {
      ...common,
      verb: 'POST',
      path: '/Roles/.search',
      body: anything,
      answer: (call) => ok(roleList(world, postedWish(asObject(call.body)), api.show)),
    },
    {
      ...common,
      verb: 'GET',
      path: '/Roles/:id',
      answer: (call) => ok(selected(api.show(roleAt(world, call)), queriedWish(call))),
    },
  ];
}

function writingRoutes(world: World, api: RoleApi): Route[] {
  const { mount, since, dialect } = api;
  const common = { mount, since };
  const updating = { ...common, scopes: ['internal_role_mgt_update', 'internal_role_mgt_permissions_update'] };
  return [
    {
      ...common,
      verb: 'POST',
      path: '/Roles',
      scopes: ['internal_role_mgt_create'],
      body: anything,
      answer: (call) => {
        const body = asObject(call.body);
        const fields = sentRole(world, dialect, body);
        const role: RoleRecord = { id: world.identifiers.uuid(), ...fields, ...api.audience(body) };
        refuseTakenName(world, role);
        world.roles.put(role);
        return created(world.location(`/Roles/${role.id}`, mount), api.show(role));
      },
    },
    {
      ...updating,
      verb: 'PUT',
      path: '/Roles/:id',
      body: anything,
      answer: (call) => {
        const stored = roleAt(world, call);
        return ok(api.show(saved(world, stored, sentRole(world, dialect, asObject(call.body)))));
      },
    },
    {
      ...updating,
      verb: 'PATCH',
      path: '/Roles/:id',
      body: anything,
      answer: (call) => {
        const stored = roleAt(world, call);
        return ok(api.show(saved(world, stored, patchedRole(world, dialect, stored, asObject(call.body)))));
      },
    },
    {
      ...common,
      verb: 'DELETE',
      path: '/Roles/:id',
      scopes: ['internal_role_mgt_delete'],
      answer: (call) => {
        const role = roleAt(world, call);
        if (isSystemRole(world, role)) throw new ScimFailure(403, `${role.displayName} is a system role.`);
        world.roles.remove(role.id);
        return noContent;
      },
    },
  ];
}

/** Stores a changed role; the name of a system role stays. */
function saved(world: World, stored: RoleRecord, fields: RoleFields): RoleRecord {
  const role = { ...stored, ...fields };
  if (role.displayName !== stored.displayName) {
    if (isSystemRole(world, stored)) throw new ScimFailure(403, `${stored.displayName} is a system role.`);
    refuseTakenName(world, role);
  }
  world.roles.put(role);
  return role;
}

function refuseTakenName(world: World, { audience, displayName }: RoleRecord): void {
  if (world.roles.find('key', `${audience}/${displayName}`)) {
    throw new ScimFailure(409, `The audience has a role ${displayName} already.`, 'uniqueness');
  }
}

const ORGANIZATION_ROLES = new Set(['admin', 'everyone', 'system']);

/** What the product ships with (reference §2.6). */
function isSystemRole(world: World, { audience, displayName }: RoleRecord): boolean {
  if (audience === ROOT_ORGANIZATION) return ORGANIZATION_ROLES.has(displayName);
  return displayName === 'Administrator' && world.applications.get(audience)?.name === 'Console';
}

function roleAt(world: World, call: Call): RoleRecord {
  const id = parameter(call, 'id');
  const found = world.roles.get(id);
  if (!found) throw new ScimFailure(404, `No role has the id ${id}.`);
  return found;
}

function shownBasics(world: World, role: RoleRecord, mount: Mount): JsonObject {
  return {
    id: role.id,
    displayName: role.displayName,
    users: shownMembers(world, 'Users', role.users ?? []),
    groups: shownMembers(world, 'Groups', role.groups ?? []),
    meta: { resourceType: 'Role', location: world.location(`/Roles/${role.id}`, mount) },
    schemas: [SCHEMA],
  };
}

/** What v2 adds: whose role it is, which applications have it, and scopes in place of paths. */
function shownAudience(world: World, role: RoleRecord): JsonObject {
  const application = world.applications.get(role.audience);
  const reference = (path: string): string => world.location(path);
  const associated = application
    ? [{ value: application.id, display: application.name, $ref: reference(`/applications/${application.id}`) }]
    : [];
  return {
    audience: { value: role.audience, display: application?.name ?? 'Super', type: role.audienceType },
    permissions: role.permissions.map((name) => ({
      value: name,
      display: world.apiResources.find('scope', name)?.scopes.find((scope) => scope.name === name)?.displayName ?? name,
      $ref: reference(`/api-resources/scopes/${name}`),
    })),
    associatedApplications: associated,
  };
}

/** Without an audience a role belongs to the organization; an application has to be named by its id. */
function sentAudience(world: World, sent: JsonObject | undefined): Pick<RoleRecord, 'audience' | 'audienceType'> {
  const value = textIn(sent, 'value');
  if (textIn(sent, 'type')?.toLowerCase() !== 'application') {
    if (value !== undefined && value !== ROOT_ORGANIZATION)
      throw new ScimFailure(400, `There is no organization ${value}.`, 'invalidValue');
    return { audience: ROOT_ORGANIZATION, audienceType: 'organization' };
  }
  if (value === undefined || !world.applications.get(value))
    throw new ScimFailure(400, `There is no application ${value}.`, 'invalidValue');
  return { audience: value, audienceType: 'application' };
}
