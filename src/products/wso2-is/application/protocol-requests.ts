import { isObject, type Json, type JsonObject } from '../../../model/json';
import { fieldAt, itemAt, type Path } from '../../../model/path';
import type { Change, WriteRequest } from '../../product';
import { API } from '../paths';
import { objectsIn } from './references';
import { wireOidc, wireSaml } from './wire';

const PROTOCOLS = [...API, 'applications', '{id}', 'inbound-protocols'] as const;

const PROTOCOL_PATHS: Readonly<Record<string, string>> = {
  oidc: 'oidc',
  saml: 'saml',
  passiveSts: 'passive-sts',
  wsTrust: 'ws-trust',
};

/**
 * A PUT for every protocol that changed, a DELETE for every one that is gone.
 * `paths` are the changed paths below `inboundProtocolConfiguration`.
 */
export function protocolRequests(change: Change, paths: readonly Path[]): WriteRequest[] {
  const [desired, live, current] = [change.desired, change.live, change.current].map(protocolsOf);
  const whole = paths.some((path) => path.length === 1);
  const touched = (field: string): boolean => whole || paths.some((path) => fieldAt(path, 1) === field);
  return [
    ...Object.keys(PROTOCOL_PATHS)
      .filter(touched)
      .flatMap((field) => protocolRequest(field, desired?.[field], live?.[field], current?.[field])),
    ...(touched('custom') ? customRequests(objectsIn(desired?.custom), objectsIn(current?.custom), paths) : []),
  ];
}

function protocolsOf(value: JsonObject | undefined): JsonObject | undefined {
  return isObject(value?.inboundProtocolConfiguration) ? value.inboundProtocolConfiguration : undefined;
}

type Side = Json | undefined;

function protocolRequest(field: string, desired: Side, live: Side, current: Side): WriteRequest[] {
  const path = [...PROTOCOLS, PROTOCOL_PATHS[field] ?? field];
  if (!isObject(desired)) return isObject(current) ? [{ method: 'DELETE', path }] : [];
  const deployed = isObject(current) ? current : undefined;
  const known = isObject(live) ? live : undefined;
  if (field === 'oidc') return [{ method: 'PUT', path, body: wireOidc(desired, deployed, known) }];
  if (field === 'saml') return [{ method: 'PUT', path, body: wireSaml(desired, deployed, known) }];
  return [{ method: 'PUT', path, body: desired }];
}

function customRequests(desired: JsonObject[], current: JsonObject[], paths: readonly Path[]): WriteRequest[] {
  const touched = (name: Json | undefined): boolean =>
    paths.some((path) => path.length < 3 || itemAt(path, 2) === String(name));
  const at = (name: Json | undefined): string[] => [...PROTOCOLS, String(name)];
  const kept = new Set(desired.map((protocol) => protocol.name));
  return [
    ...desired
      .filter((protocol) => touched(protocol.name))
      .map((body): WriteRequest => ({ method: 'PUT', path: at(body.name), body })),
    ...current
      .filter((protocol) => !kept.has(protocol.name))
      .map((protocol): WriteRequest => ({ method: 'DELETE', path: at(protocol.name) })),
  ];
}
