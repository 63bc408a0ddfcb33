import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn } from '../fields';
import { hashOfText, hashOrder } from '../java-hash';
import { visibleFields } from '../strict-body';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { shownAdvanced, shownProvisioning } from './advanced';
import { shownClaims } from './claim-configuration';
import { shownSequence } from './login-sequence';
import { applicationResponseModel } from './models';
import { protocolAt } from './protocols';
import type { ApplicationRecord } from './record';

/** GET /applications/{id} (reference §2.1.4, §2.1.9): everything but the protocol configurations and authorized APIs. */
export function applicationDetail(world: World, application: ApplicationRecord): JsonObject {
  const { texts } = application;
  const detail = present({
    id: application.id,
    name: application.name,
    description: textIn(texts, 'description'),
    applicationVersion: textIn(texts, 'applicationVersion'),
    imageUrl: textIn(texts, 'imageUrl'),
    accessUrl: textIn(texts, 'accessUrl'),
    logoutReturnUrl: textIn(texts, 'logoutReturnUrl') ?? defaultLogout(world.version),
    ...shownKeys(world.version, application),
    templateId: textIn(texts, 'templateId') ?? '',
    templateVersion: textIn(texts, 'templateVersion'),
    isManagementApp: flagIn(texts, 'isManagementApp') ?? false,
    applicationEnabled: flagIn(texts, 'applicationEnabled') ?? true,
    associatedRoles: associatedRoles(world, application),
    claimConfiguration: shownClaims(world, application.claims),
    inboundProtocols: inboundProtocols(world, application),
    advancedConfigurations: shownAdvanced(world.version, application),
    provisioningConfigurations: shownProvisioning(world.version, application.provisioning),
    authenticationSequence: shownSequence(world, application.sequence),
    access: application.system ? 'READ' : 'WRITE',
  });
  return visibleFields(world.version, applicationResponseModel, detail);
}

/** The key of a SAML application has the qualifier of its issuer (measured on 6.x). */
function qualifiedIssuer(saml: JsonObject | undefined): string {
  const [issuer = '', qualifier = ''] = [textIn(saml, 'issuer'), textIn(saml, 'serviceProviderQualifier')];
  return qualifier === '' ? issuer : `${issuer}:urn:sp:qualifier:${qualifier}`;
}

/** The copies of the protocols' keys at the top of the detail: empty texts where a protocol is absent. */
export function inboundKeys(application: ApplicationRecord): { clientId: string; issuer: string; realm: string } {
  return {
    clientId: textIn(application.inbound.oidc, 'clientId') ?? '',
    issuer: qualifiedIssuer(application.inbound.saml),
    realm: textIn(application.inbound['passive-sts'], 'realm') ?? '',
  };
}

/**
 * The keys in the detail: before 7.0 only that of the protocol that comes first (`getClientId` and `getIssuer` of
 * ServiceProviderToApiModel in the REST classes 1.2.6; recorded answers of 7.0).
 */
export function shownKeys(version: Version, application: ApplicationRecord): JsonObject {
  if (isAtLeast(version, '7.0')) return inboundKeys(application);
  const [first] = orderedProtocols(application);
  const inbound = first === undefined ? {} : { [first]: application.inbound[first] ?? {} };
  return inboundKeys({ ...application, inbound });
}

/** 7.0 lets users return anywhere unless it is told otherwise (recorded answers); of later releases nothing is known. */
function defaultLogout(version: Version): string | undefined {
  return version === '7.0' ? '.*' : undefined;
}

/** The role audience, and the roles whose audience is the application. */
export function associatedRoles(world: World, application: ApplicationRecord): JsonObject {
  const allowedAudience = application.allowedAudience;
  if (allowedAudience === 'ORGANIZATION') return { allowedAudience };
  const roles = world.roles
    .findAll('audience', application.id)
    .map((role) => ({ id: role.id, name: role.displayName }));
  return { allowedAudience, roles };
}

/** The list of GET /applications/{id}/inbound-protocols, which the detail repeats. */
export function inboundProtocols(world: World, application: ApplicationRecord): JsonObject[] {
  return orderedProtocols(application).map((path) => {
    const { type } = protocolAt(path);
    // The name is that of a protocol that was plugged in; the standard ones have none (recorded answers of 6.0 and 7.0).
    return present({
      type,
      name: world.customProtocols.includes(path) ? type : undefined,
      self: world.link(`/applications/${application.id}/inbound-protocols/${encodeURIComponent(path)}`),
    });
  });
}

/**
 * The protocols in the order in which the product has them: that of a HashMap by type and key
 * (`getInboundAuthenticationConfig` of application.mgt, the same from 5.18.187 to 7.8.614).
 */
function orderedProtocols({ inbound }: ApplicationRecord): string[] {
  return hashOrder(Object.keys(inbound), (path) =>
    hashOfText(`${protocolAt(path).type}:${keyOf(inbound[path] ?? {})}`),
  );
}

function keyOf(configuration: JsonObject): string {
  const keys = ['clientId', 'issuer', 'realm', 'audience'].map((field) => textIn(configuration, field));
  return keys.find((key) => key !== undefined) ?? '';
}
