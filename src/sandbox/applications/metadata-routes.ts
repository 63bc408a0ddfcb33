import { flagged, ok, parameter, type Route } from '../http/route';
import type { World } from '../world';
import { noSuchProtocolKind } from './failures';
import { groupList } from './groups';
import {
  adaptiveTemplates,
  customProtocolMetadata,
  oidcMetadata,
  protocolMetadata,
  samlMetadata,
  wsTrustMetadata,
} from './metadata';

const VIEW = ['internal_application_mgt_view'];

/** GET /applications/meta/…: what an application can be configured with (reference §2.1.1). */
export function metadataRoutes(world: World): Route[] {
  const protocols = '/applications/meta/inbound-protocols';
  const { customProtocols } = world;
  return [
    {
      verb: 'GET',
      path: protocols,
      scopes: VIEW,
      answer: (call) => ok(protocolMetadata(customProtocols, flagged(call, 'customOnly'))),
    },
    { verb: 'GET', path: `${protocols}/oidc`, scopes: VIEW, answer: () => ok(oidcMetadata(world.version)) },
    { verb: 'GET', path: `${protocols}/saml`, scopes: VIEW, answer: () => ok(samlMetadata(world.version)) },
    { verb: 'GET', path: `${protocols}/ws-trust`, scopes: VIEW, answer: () => ok(wsTrustMetadata()) },
    {
      verb: 'GET',
      path: `${protocols}/:protocol`,
      scopes: VIEW,
      answer: (call) => {
        const name = parameter(call, 'protocol');
        if (!customProtocols.includes(name)) throw noSuchProtocolKind(name);
        return ok(customProtocolMetadata(name));
      },
    },
    {
      verb: 'GET',
      path: '/applications/meta/adaptive-auth-templates',
      scopes: VIEW,
      answer: () => ok(adaptiveTemplates()),
    },
    {
      verb: 'GET',
      path: '/applications/meta/groups',
      scopes: VIEW,
      since: '7.2',
      answer: (call) => ok(groupList(world, call)),
    },
  ];
}
