import type { JsonObject } from '../../model/json';
import { asObject } from '../fields';
import { noContent, ok, parameter, type Call, type Route } from '../http/route';
import { uncaughtException } from '../failures';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { noSuchProtocol } from './failures';
import { passiveStsModel, samlModel } from './models';
import { reloaded } from './oidc-memory';
import { refuseMissingOrigins, renewedOidc, shownOidc, withNewSecret } from './oidc';
import { refuseBadCertificate } from './validation';
import { customProtocol, offered, PROTOCOLS, type Protocol } from './protocols';
import { applicationAt, changeableApplication, keep, refuseSystem, withoutProtocol, withProtocol } from './writing';

const VIEW = ['internal_application_mgt_view'];
const CREATE = ['internal_application_mgt_create'];
const UPDATE = ['internal_application_mgt_update'];
const DELETE = ['internal_application_mgt_delete'];

const PROTOCOLS_PATH = '/applications/:id/inbound-protocols';

/** The inbound protocols of an application (reference §2.1.1): four with paths of their own, and custom ones by name. */
export function protocolRoutes(world: World): Route[] {
  return [
    ...PROTOCOLS.flatMap((protocol) => segmentRoutes(world, protocol.path, () => protocol)),
    ...segmentRoutes(world, ':protocol', (call) => customProtocol(parameter(call, 'protocol'))),
    ...secretRoutes(world),
  ];
}

function segmentRoutes(world: World, segment: string, protocolOf: (call: Call) => Protocol): Route[] {
  const path = `${PROTOCOLS_PATH}/${segment}`;
  return [
    {
      verb: 'GET',
      path,
      scopes: VIEW,
      answer: (call) => ok(shownProtocol(world, call, offered(world, protocolOf(call)))),
    },
    {
      verb: 'PUT',
      path,
      scopes: UPDATE,
      body: (PROTOCOLS.find((protocol) => protocol.path === segment) ?? customProtocol(segment)).shape,
      // Whether the server knows a custom protocol is asked before its body is looked at.
      bodyOptional: segment.startsWith(':'),
      answer: (call) => {
        const protocol = offered(world, protocolOf(call));
        if (protocol.field === 'custom' && Object.keys(asObject(call.body)).length === 0) throw uncaughtException();
        const application = changeableApplication(world, parameter(call, 'id'));
        const existing = application.inbound[protocol.path];
        if (protocol.path === 'oidc') refuseMissingOrigins(world, asObject(call.body));
        const { failure, ...configured } = protocol.store(world, asObject(call.body), existing);
        const changed = withProtocol(application, protocol.path, configured);
        if (!failure) refuseBadCertificate(world, changed);
        keep(world, changed);
        if (failure) throw failure;
        return ok();
      },
    },
    {
      verb: 'DELETE',
      path,
      scopes: DELETE,
      answer: (call) => {
        const protocol = protocolOf(call);
        const application = world.applications.get(parameter(call, 'id'));
        // Nothing to delete is no error, not even where there is no application.
        if (!application?.inbound[protocol.path]) return noContent;
        refuseSystem(application);
        const changed = withoutProtocol(application, protocol.path);
        refuseBadCertificate(world, changed);
        world.applications.put(changed);
        return noContent;
      },
    },
  ];
}

function configuration(world: World, call: Call, protocol: string): JsonObject {
  const stored = applicationAt(world, parameter(call, 'id')).inbound[protocol];
  if (!stored) throw noSuchProtocol(protocol);
  return stored;
}

/** SAML comes bare, though PUT wants it wrapped (reference §5, quirk 4). */
function shownProtocol(world: World, call: Call, { path }: Protocol): JsonObject {
  const stored = configuration(world, call, path);
  if (path === 'oidc') {
    world.shownClients.add(parameter(call, 'id'));
    return shownOidc(world, stored, call.caller.scopes);
  }
  if (path === 'saml') return visibleFields(world.version, samlModel, stored);
  return path === 'passive-sts' ? visibleFields(world.version, passiveStsModel, stored) : stored;
}

function secretRoutes(world: World): Route[] {
  const path = `${PROTOCOLS_PATH}/oidc`;
  const replace = (call: Call, change: (stored: JsonObject) => JsonObject): JsonObject => {
    const application = applicationAt(world, parameter(call, 'id'));
    const changed = change(configuration(world, call, 'oidc'));
    world.applications.put(withProtocol(application, 'oidc', { configuration: changed }));
    return changed;
  };
  return [
    {
      verb: 'POST',
      path: `${path}/regenerate-secret`,
      scopes: isAtLeast(world.version, '7.2') ? ['internal_application_mgt_client_secret_create'] : CREATE,
      answer: (call) =>
        ok(
          renewedOidc(
            world,
            replace(call, (stored) => withNewSecret(world, stored)),
          ),
        ),
    },
    {
      verb: 'POST',
      path: `${path}/revoke`,
      scopes: CREATE,
      answer: (call) => {
        replace(call, (stored) => ({ ...reloaded(stored), state: 'REVOKED' }));
        return ok();
      },
    },
  ];
}
