import type { JsonObject } from '../../model/json';
import { asObject, isBlank, textIn } from '../fields';
import { ApiFailure } from '../failures';
import { created, noContent, ok, parameter, type Answer, type Call, type Route } from '../http/route';
import type { World } from '../world';
import { changedProvisioning, shownProvisioning } from './advanced';
import { authorizeApi, authorizedApis, changeAuthorizedApi, removeAuthorizedApi } from './authorized-apis';
import { applicationDetail, inboundProtocols } from './detail';
import { ownerRoutes } from './owner';
import { applicationFileRoutes } from '../application-files/routes';
import { applicationList } from './list';
import { usedAuthenticators, withScript } from './login-sequence';
import { loginFlowRoutes } from './login-flow';
import { metadataRoutes } from './metadata-routes';
import {
  applicationModel,
  applicationPatchModel,
  authorizedApiModel,
  authorizedApiPatchModel,
  provisioningModel,
  scriptModel,
} from './models';
import { clientSecretRoutes } from './client-secrets';
import { protocolRoutes } from './protocol-routes';
import { sharingRoutes } from './sharing';
import { templateRoutes } from './templates';
import {
  applicationAt,
  changeableApplication,
  createApplication,
  deleteApplication,
  patchApplication,
} from './writing';

const VIEW = ['internal_application_mgt_view'];
const CREATE = ['internal_application_mgt_create'];
const UPDATE = ['internal_application_mgt_update'];
const DELETE = ['internal_application_mgt_delete'];

const APPLICATION = '/applications/:id';

/** The application API (reference §2.1.1). */
export function applicationRoutes(world: World): Route[] {
  return [
    ...ownRoutes(world),
    ...applicationFileRoutes(world),
    ...residentRoutes(world),
    ...metadataRoutes(world),
    ...protocolRoutes(world),
    ...clientSecretRoutes(world),
    ...authorizedApiRoutes(world),
    ...ownerRoutes(world),
    ...templateRoutes(world),
    ...sharingRoutes(world),
    ...loginFlowRoutes(),
  ];
}

function ownRoutes(world: World): Route[] {
  const find = (call: Call) => applicationAt(world, parameter(call, 'id'));
  return [
    { verb: 'GET', path: '/applications', scopes: VIEW, answer: (call) => applicationList(world, call) },
    {
      verb: 'POST',
      path: '/applications',
      scopes: CREATE,
      body: applicationModel,
      answer: (call) => create(world, call),
    },
    { verb: 'GET', path: APPLICATION, scopes: VIEW, answer: (call) => ok(applicationDetail(world, find(call))) },
    {
      verb: 'PATCH',
      path: APPLICATION,
      scopes: UPDATE,
      body: applicationPatchModel,
      bodyOptional: true,
      answer: (call) => {
        patchApplication(world, parameter(call, 'id'), asObject(call.body), call.caller);
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: APPLICATION,
      scopes: DELETE,
      answer: (call) => {
        deleteApplication(world, parameter(call, 'id'));
        return noContent;
      },
    },
    {
      verb: 'GET',
      path: `${APPLICATION}/authenticators`,
      scopes: VIEW,
      since: '6.1',
      answer: (call) => ok(usedAuthenticators(world, find(call).sequence)),
    },
    {
      verb: 'PUT',
      path: `${APPLICATION}/authenticationSequence/script`,
      scopes: ['internal_application_script_update'],
      since: '7.2',
      body: scriptModel,
      answer: (call) => replaceScript(world, call),
    },
    {
      verb: 'GET',
      path: `${APPLICATION}/inbound-protocols`,
      scopes: VIEW,
      answer: (call) => ok(inboundProtocols(world, find(call))),
    },
  ];
}

function create(world: World, call: Call): Answer {
  if (!isBlank(call.query.template)) {
    throw new ApiFailure(
      501,
      'APP-65501',
      'Not Implemented.',
      'Creating an application from a template is not supported.',
    );
  }
  const application = createApplication(world, asObject(call.body), call.caller);
  return created(world.location(`/applications/${application.id}`));
}

function replaceScript(world: World, call: Call): Answer {
  const application = changeableApplication(world, parameter(call, 'id'));
  const sequence = withScript(application.sequence, textIn(asObject(call.body), 'script') ?? '');
  world.applications.put({ ...application, sequence });
  return ok();
}

/** The resident application: answers wrap what PUT takes bare (reference §2.1.1). PUT merges, as PATCH does elsewhere. */
function residentRoutes(world: World): Route[] {
  const resident = (): JsonObject => ({ provisioningConfigurations: shownProvisioning(world.version, world.resident) });
  return [
    {
      verb: 'GET',
      path: '/applications/resident',
      scopes: VIEW,
      answer: () => ok(resident()),
    },
    {
      verb: 'PUT',
      path: '/applications/resident',
      scopes: UPDATE,
      body: provisioningModel,
      bodyOptional: true,
      answer: (call) => {
        world.resident = changedProvisioning(world, world.resident, asObject(call.body));
        return ok(resident());
      },
    },
  ];
}

function authorizedApiRoutes(world: World): Route[] {
  const path = `${APPLICATION}/authorized-apis`;
  const ids = (call: Call): [string, string] => [parameter(call, 'id'), parameter(call, 'apiId')];
  return [
    {
      verb: 'GET',
      path,
      scopes: VIEW,
      since: '7.0',
      answer: (call) => ok(authorizedApis(world, parameter(call, 'id'))),
    },
    {
      verb: 'POST',
      path,
      scopes: UPDATE,
      since: '7.0',
      body: authorizedApiModel,
      answer: (call) => {
        authorizeApi(world, parameter(call, 'id'), asObject(call.body), call.caller);
        return ok();
      },
    },
    {
      verb: 'PATCH',
      path: `${path}/:apiId`,
      scopes: UPDATE,
      since: '7.0',
      body: authorizedApiPatchModel,
      answer: (call) => {
        changeAuthorizedApi(world, ...ids(call), asObject(call.body), call.caller);
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path: `${path}/:apiId`,
      scopes: UPDATE,
      since: '7.0',
      answer: (call) => {
        removeAuthorizedApi(world, ...ids(call));
        return noContent;
      },
    },
  ];
}
