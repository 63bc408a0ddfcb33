import type { JsonObject } from '../../model/json';
import { flagIn, present, textIn } from '../fields';
import { visibleFields } from '../strict-body';
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
    logoutReturnUrl: textIn(texts, 'logoutReturnUrl'),
    ...inboundKeys(application),
    templateId: textIn(texts, 'templateId'),
    templateVersion: textIn(texts, 'templateVersion'),
    isManagementApp: flagIn(texts, 'isManagementApp') ?? false,
    applicationEnabled: flagIn(texts, 'applicationEnabled') ?? true,
    associatedRoles: associatedRoles(world, application),
    claimConfiguration: shownClaims(world, application.claims),
    inboundProtocols: inboundProtocols(world, application),
    advancedConfigurations: shownAdvanced(application.advanced),
    provisioningConfigurations: shownProvisioning(application.provisioning),
    authenticationSequence: shownSequence(world, application.sequence),
    access: application.system ? 'READ' : 'WRITE',
  });
  return visibleFields(world.version, applicationResponseModel, detail);
}

/** The copies of the protocols' keys at the top of the detail: empty texts where a protocol is absent. */
export function inboundKeys(application: ApplicationRecord): { clientId: string; issuer: string; realm: string } {
  return {
    clientId: textIn(application.inbound.oidc, 'clientId') ?? '',
    issuer: textIn(application.inbound.saml, 'issuer') ?? '',
    realm: textIn(application.inbound['passive-sts'], 'realm') ?? '',
  };
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
  return Object.keys(application.inbound).map((path) => {
    const { type } = protocolAt(path);
    return {
      type,
      name: type,
      self: world.link(`/applications/${application.id}/inbound-protocols/${encodeURIComponent(path)}`),
    };
  });
}
