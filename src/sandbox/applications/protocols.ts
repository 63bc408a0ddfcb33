import type { JsonObject } from '../../model/json';
import { objectIn, objectsIn, textIn } from '../fields';
import type { Shape } from '../shapes';
import type { World } from '../world';
import { badApplication, inboundKeyTaken } from './failures';
import { customProtocolModel, oidcModel, passiveStsModel, samlRequestModel, wsTrustModel } from './models';
import { storedOidc } from './oidc';
import { storedSaml } from './saml';

/** What a protocol configuration becomes on the server; SAML metadata also carries the application's certificate. */
interface StoredProtocol {
  readonly configuration: JsonObject;
  readonly certificate?: string;
  /** Why the request is refused although something of it stays. */
  readonly failure?: Error;
}

/** One inbound protocol: its names in the several places, its request model, and how it is stored. */
export interface Protocol {
  /** The path segment under /inbound-protocols. */
  readonly path: string;
  /** `type` in the list of inbound protocols (reference §2.1.2). */
  readonly type: string;
  /** The field of `inboundProtocolConfiguration` in POST; custom protocols are a list there. */
  readonly field: string;
  readonly shape: Shape;
  store(world: World, body: JsonObject, existing: JsonObject | undefined): StoredProtocol;
}

const oidc: Protocol = {
  path: 'oidc',
  type: 'oauth2',
  field: 'oidc',
  shape: oidcModel,
  store: storedOidc,
};

const saml: Protocol = { path: 'saml', type: 'samlsso', field: 'saml', shape: samlRequestModel, store: storedSaml };

const passiveSts: Protocol = {
  path: 'passive-sts',
  type: 'passivests',
  field: 'passiveSts',
  shape: passiveStsModel,
  store: (world, body, existing) => {
    refuseOtherKey('realm', body, existing);
    const realm = textIn(body, 'realm') ?? '';
    if (!existing && world.applications.find('realm', realm)) throw inboundKeyTaken(realm);
    return { configuration: body };
  },
};

const wsTrust: Protocol = {
  path: 'ws-trust',
  type: 'wstrust',
  field: 'wsTrust',
  shape: wsTrustModel,
  store: (_world, body, existing) => {
    refuseOtherKey('audience', body, existing);
    return { configuration: body };
  },
};

/** The protocols with a path of their own. */
export const PROTOCOLS: readonly Protocol[] = [saml, oidc, passiveSts, wsTrust];

/** A protocol that somebody plugged into the server: every name but those above. */
export function customProtocol(name: string): Protocol {
  return {
    path: name,
    type: name,
    field: 'custom',
    shape: customProtocolModel,
    // The path names the protocol, whatever name the body has.
    store: (_world, body) => ({ configuration: { ...body, name } }),
  };
}

/** The protocol, if the server has it: one that nobody plugged in is a bad request, not a missing one. */
export function offered(world: World, protocol: Protocol): Protocol {
  if (protocol.field !== 'custom' || world.customProtocols.includes(protocol.path)) return protocol;
  throw badApplication(`Unknown inbound type: ${protocol.path}`);
}

/** The protocol behind a path segment. */
export function protocolAt(path: string): Protocol {
  return PROTOCOLS.find((protocol) => protocol.path === path) ?? customProtocol(path);
}

/** PUT has to keep the key of passive STS and WS-Trust (reference §2.1.5). */
function refuseOtherKey(field: string, body: JsonObject, existing: JsonObject | undefined): void {
  if (existing && textIn(existing, field) !== textIn(body, field)) {
    throw badApplication(`The ${field} of an existing configuration cannot be changed.`);
  }
}

/** The protocol configurations in the `inboundProtocolConfiguration` of a POST. */
export function sentProtocols(body: JsonObject | undefined): { protocol: Protocol; configuration: JsonObject }[] {
  const known = PROTOCOLS.flatMap((protocol) => {
    const configuration = objectIn(body, protocol.field);
    return configuration ? [{ protocol, configuration }] : [];
  });
  const custom = objectsIn(body, 'custom').map((configuration) => ({
    protocol: customProtocol(textIn(configuration, 'name') ?? ''),
    configuration,
  }));
  return [...known, ...custom];
}
