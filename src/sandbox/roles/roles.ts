import type { JsonObject } from '../../model/json';
import { isBlank, objectIn, objectsIn, textIn } from '../fields';
import { filterTest } from '../filter';
import { created, noContent, ok, parameter, type Answer, type Call, type Route } from '../http/route';
import { ScimFailure } from '../http/scim';
import { wholeParameter } from '../paging';
import { anything } from '../shapes';
import { ROOT_ORGANIZATION, type World } from '../world';
import type { RoleRecord } from './record';

const MOUNT = '/scim2/v2';
const SCHEMA = 'urn:ietf:params:scim:schemas:extension:2.0:Role';
const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const FILTERED: Readonly<Record<string, (role: RoleRecord) => string>> = {
  displayName: (role) => role.displayName,
  'audience.value': (role) => role.audience,
  'audience.type': (role) => role.audienceType,
};

/** SCIM2 roles v2 (reference §2.6): list, read, create, delete. Unknown attributes of a request are ignored. */
export function roleRoutes(world: World): Route[] {
  const common = { mount: MOUNT, since: '7.0' } as const;
  return [
    {
      ...common,
      verb: 'GET',
      path: '/Roles',
      scopes: ['internal_role_mgt_view'],
      answer: (call) => ok(roleList(world, call)),
    },
    {
      ...common,
      verb: 'GET',
      path: '/Roles/:id',
      scopes: ['internal_role_mgt_view'],
      answer: (call) => ok(shownRole(world, roleAt(world, parameter(call, 'id')))),
    },
    {
      ...common,
      verb: 'POST',
      path: '/Roles',
      scopes: ['internal_role_mgt_create'],
      body: anything,
      answer: (call) => createRole(world, objectIn({ body: call.body }, 'body') ?? {}),
    },
    {
      ...common,
      verb: 'DELETE',
      path: '/Roles/:id',
      scopes: ['internal_role_mgt_delete'],
      answer: (call) => {
        world.roles.remove(roleAt(world, parameter(call, 'id')).id);
        return noContent;
      },
    },
  ];
}

function roleAt(world: World, id: string): RoleRecord {
  const found = world.roles.get(id);
  if (!found) throw new ScimFailure(404, `No role has the id ${id}.`);
  return found;
}

function roleList(world: World, call: Call): JsonObject {
  const filter = call.query.filter;
  const test = filter === undefined ? () => true : filterTest(filter, FILTERED);
  if (!test) throw new ScimFailure(400, `The filter '${filter}' is malformed or not supported.`, 'invalidFilter');
  const matching = [...world.roles.all()].filter(test);
  const start = Math.max(wholeParameter(call, 'startIndex') ?? 1, 1);
  const count = Math.min(
    Math.max(wholeParameter(call, 'count') ?? matching.length, 0),
    world.settings.maximumItemsPerPage,
  );
  const page = matching.slice(start - 1, start - 1 + count);
  return {
    totalResults: matching.length,
    startIndex: start,
    itemsPerPage: page.length,
    schemas: [LIST_SCHEMA],
    Resources: page.map((role) => shownRole(world, role)),
  };
}

function shownRole(world: World, role: RoleRecord): JsonObject {
  const application = world.applications.get(role.audience);
  const associated = application ? [{ value: application.id, display: application.name }] : [];
  return {
    id: role.id,
    displayName: role.displayName,
    audience: { value: role.audience, display: application?.name ?? 'Super', type: role.audienceType },
    permissions: role.permissions.map((permission) => ({ value: permission, display: permission })),
    associatedApplications: associated,
    meta: { resourceType: 'Role', location: world.location(`/Roles/${role.id}`, MOUNT) },
    schemas: [SCHEMA],
  };
}

function createRole(world: World, body: JsonObject): Answer {
  const displayName = textIn(body, 'displayName') ?? '';
  if (isBlank(displayName)) throw new ScimFailure(400, 'A role needs a displayName.', 'invalidValue');
  const { audience, audienceType } = sentAudience(world, objectIn(body, 'audience'));
  if (world.roles.find('key', `${audience}/${displayName}`)) {
    throw new ScimFailure(409, `The audience has a role ${displayName} already.`, 'uniqueness');
  }
  const permissions = objectsIn(body, 'permissions').map((each) => textIn(each, 'value') ?? '');
  const unknown = permissions.find((permission) => !world.apiResources.find('scope', permission));
  if (unknown !== undefined) throw new ScimFailure(400, `There is no permission ${unknown}.`, 'invalidValue');
  const role = { id: world.identifiers.uuid(), displayName, audience, audienceType, permissions };
  world.roles.put(role);
  return created(world.location(`/Roles/${role.id}`, MOUNT), shownRole(world, role));
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
