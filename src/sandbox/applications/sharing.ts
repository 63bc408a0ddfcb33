import type { JsonObject } from '../../model/json';
import { asObject, flagIn, objectIn, objectsIn, present, textIn } from '../fields';
import { ApiFailure, violatedConstraints } from '../failures';
import { noContent, ok, parameter, type Answer, type Call, type Route } from '../http/route';
import { anything, flag, listOf, model, oneOf, required, text, type Shape } from '../shapes';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import type { ApplicationRecord } from './record';

/*
 * Sharing with sub-organizations (reference §2.1.1). The sandbox has none: every request is judged as by the product and
 * then shares with nobody, but the policy for organizations to come is kept and shown.
 */

const scopes = (verb: 'view' | 'create' | 'delete'): string[] => [`internal_shared_application_${verb}`];

const shareModel = model({ shareWithAllChildren: flag, sharedOrganizations: listOf(text) });

const roleSharing = required(
  model({
    mode: required(oneOf('ALL', 'NONE', 'SELECTED')),
    roles: listOf(
      model({
        displayName: required(text),
        audience: required(model({ display: required(text), type: required(text) })),
      }),
    ),
  }),
);

const selectedModel = model({
  applicationId: required(text),
  organizations: required(
    listOf(
      model({
        orgId: required(text),
        policy: required(oneOf('SELECTED_ORG_ONLY', 'SELECTED_ORG_WITH_ALL_EXISTING_AND_FUTURE_CHILDREN', 'NO_ORG')),
        roleSharing,
      }),
    ),
  ),
});

const allModel = model({
  applicationId: required(text),
  policy: required(oneOf('ALL_EXISTING_ORGS_ONLY', 'ALL_EXISTING_AND_FUTURE_ORGS', 'NO_ORGS')),
  roleSharing,
});

const changesModel = model({
  applicationId: required(text),
  Operations: required(listOf(model({ op: required(text), path: required(text), value: listOf(anything) }))),
});

const unshareModel = model({ applicationId: required(text), orgIds: required(listOf(text)) });
const unshareAllModel = model({ applicationId: required(text) });

/** The sharing operations: those of 7.0 on one application, and those of 7.2 that only start the work. */
export function sharingRoutes(world: World): Route[] {
  return [...directRoutes(world), ...startingRoutes(world)];
}

function directRoutes(world: World): Route[] {
  const shared = (call: Call): ApplicationRecord => sharedApplication(world, parameter(call, 'id'));
  const stop = (call: Call): Answer => {
    keepMode(world, shared(call), undefined);
    return noContent;
  };
  const base = '/applications/:id';
  return [
    {
      verb: 'POST',
      path: `${base}/share`,
      scopes: scopes('create'),
      since: '7.0',
      body: shareModel,
      answer: (call) => {
        refuseEmptyShare(asObject(call.body));
        shared(call);
        return ok();
      },
    },
    {
      verb: 'GET',
      path: `${base}/share`,
      scopes: scopes('view'),
      since: '7.0',
      answer: (call) => ok(sharedOrganizations(world, shared(call), call)),
    },
    // Nobody shares the application, so the list is left out, as every empty one here.
    {
      verb: 'GET',
      path: `${base}/shared-apps`,
      scopes: scopes('view'),
      since: '7.0',
      answer: (call) => {
        shared(call);
        return ok({});
      },
    },
    { verb: 'DELETE', path: `${base}/shared-apps`, scopes: scopes('delete'), since: '7.0', answer: stop },
    {
      verb: 'DELETE',
      path: `${base}/share/:organization`,
      scopes: scopes('delete'),
      since: '7.0',
      answer: (call) => {
        shared(call);
        return noContent;
      },
    },
  ];
}

type Work = (body: JsonObject) => void;

function startingRoutes(world: World): Route[] {
  const starting = (
    verb: 'POST' | 'PATCH',
    path: string,
    scope: string[],
    body: Shape,
    done: string,
    work: Work,
  ): Route => ({
    verb,
    path: `/applications/${path}`,
    scopes: scope,
    since: '7.2',
    body,
    answer: (call) => {
      work(asObject(call.body));
      return { status: 202, body: { status: 'Processing', details: `${done} has been started.` } };
    },
  });
  const named = (body: JsonObject): ApplicationRecord => sharedApplication(world, textIn(body, 'applicationId') ?? '');
  return [
    starting('POST', 'share', scopes('create'), selectedModel, 'Sharing', (body) => {
      refuseBadSelection(body);
      named(body);
    }),
    starting('PATCH', 'share', scopes('create'), changesModel, 'The change of sharing', (body) => {
      refuseBadChanges(body);
      named(body);
    }),
    starting('POST', 'share-with-all', scopes('create'), allModel, 'Sharing', (body) =>
      shareWithAll(world, named, body),
    ),
    starting('POST', 'unshare', scopes('delete'), unshareModel, 'Unsharing', (body) => void named(body)),
    starting('POST', 'unshare-with-all', scopes('delete'), unshareAllModel, 'Unsharing', (body) =>
      keepMode(world, named(body), undefined),
    ),
  ];
}

/** Here an unknown application is a bad request, with the code of the organization management. */
function sharedApplication(world: World, id: string): ApplicationRecord {
  const application = world.applications.get(id);
  if (application) return application;
  throw new ApiFailure(400, 'ORG-60035', 'Invalid application', `There is no application ${id} that could be shared.`);
}

function keepMode(world: World, application: ApplicationRecord, sharingMode: JsonObject | undefined): void {
  world.applications.put({ ...application, sharingMode });
}

/** 7.0: one of the two has to say with whom; which code the refusal carries is not established. */
function refuseEmptyShare(body: JsonObject): void {
  if (flagIn(body, 'shareWithAllChildren') === undefined && body.sharedOrganizations === undefined) {
    throw violatedConstraints(['Either shareWithAllChildren or sharedOrganizations has to be given.']);
  }
}

function refuseBadSelection(body: JsonObject): void {
  const organizations = objectsIn(body, 'organizations');
  if (organizations.length === 0) throw violatedConstraints(['At least one organization has to be given.']);
  for (const organization of organizations) refuseBadRoles(objectIn(organization, 'roleSharing'));
}

/** Roles are named when, and only when, some are selected. */
function refuseBadRoles(sharing: JsonObject | undefined): void {
  const selected = textIn(sharing, 'mode') === 'SELECTED';
  if (selected !== objectsIn(sharing, 'roles').length > 0) {
    throw violatedConstraints([
      selected ? 'The mode SELECTED needs roles.' : 'Roles can be given with the mode SELECTED only.',
    ]);
  }
}

function refuseBadChanges(body: JsonObject): void {
  const operations = objectsIn(body, 'Operations');
  if (operations.length === 0) throw violatedConstraints(['At least one operation has to be given.']);
  const bad = operations.find((each) => !['add', 'remove'].includes(textIn(each, 'op')?.toLowerCase() ?? ''));
  if (bad) throw violatedConstraints([`The operation ${textIn(bad, 'op')} is none of add and remove.`]);
}

function shareWithAll(world: World, named: (body: JsonObject) => ApplicationRecord, body: JsonObject): void {
  const policy = textIn(body, 'policy') ?? '';
  if (policy === 'NO_ORGS') throw violatedConstraints(['The policy NO_ORGS shares with nobody.']);
  const roles = objectIn(body, 'roleSharing') ?? {};
  refuseBadRoles(roles);
  const lasting = policy === 'ALL_EXISTING_AND_FUTURE_ORGS';
  keepMode(world, named(body), lasting ? { policy, roleSharing: roles } : undefined);
}

/** GET …/share: without sub-organizations there is nothing to list; the mode is shown on demand from 7.2. */
function sharedOrganizations(world: World, { sharingMode }: ApplicationRecord, call: Call): JsonObject {
  const wanted = (call.query.attributes ?? '').split(',').includes('sharingMode');
  return wanted && isAtLeast(world.version, '7.2') ? present({ sharingMode }) : {};
}
