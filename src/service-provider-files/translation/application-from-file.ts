import type { JsonObject } from '../../model/json';
import { APPLICATION, INBOUND_PROVISIONING } from './application-pairs';
import { claimsFromFile } from './claim-mappings';
import type { Entry } from './ledger';
import { filled, setAt, toRest } from './pairs';
import { protocolsFromFile } from './protocols-from-file';
import { sequenceFromFile } from './sequence';

/**
 * An application of the REST vocabulary from a service provider tree (reference, section 3). What has no counterpart stays
 * unread in the ledger of `root`, or is left with its reason. Secrets are in clear.
 */
export function applicationFromFile(root: Entry): JsonObject {
  const value = toRest(APPLICATION, root);
  if (value.accessUrl === undefined) setAt(value, 'accessUrl', root.get('loginUrl'));
  setAt(value, 'advancedConfigurations.certificate', certificate(root));
  setAt(value, 'inboundProtocolConfiguration', filled(protocolsFromFile(root)));
  setAt(value, 'authenticationSequence', sequenceFromFile(root));
  claimsFromFile(root, value);
  provisioning(root, value);
  setAt(value, 'associatedRoles', associatedRoles(root.at('associatedRolesConfig')));
  root.leave('discoverableGroups', 'groups are named by ids of one server');
  return value;
}

/** The API has one certificate, a key set or a PEM text; where a file has both, the key set is the one in use. */
function certificate(root: Entry): JsonObject | undefined {
  const [jwksUri, pem] = [root.text('jwksUri'), root.text('certificateContent')];
  if (jwksUri === undefined) return pem === undefined ? undefined : { type: 'PEM', value: pem };
  root.leave('certificateContent', 'the API has one certificate, and the file has a key set (jwksUri) too');
  return { type: 'JWKS', value: jwksUri };
}

function provisioning(root: Entry, value: JsonObject): void {
  if (root.has('inboundProvisioningConfig.provisioningUserStore') || root.has('inboundProvisioningConfig.dumbMode')) {
    for (const [field, inner] of Object.entries(toRest(INBOUND_PROVISIONING, root))) setAt(value, field, inner);
  }
  root.leave('inboundProvisioningConfig.provisioningEnabled', 'the API says it by the user store alone', true);
  const targets = root
    .each('outboundProvisioningConfig.provisioningIdentityProviders')
    .flatMap((entry) => outbound(entry) ?? []);
  if (targets.length > 0) setAt(value, 'provisioningConfigurations.outboundProvisioningIdps', targets);
}

function outbound(entry: Entry): JsonObject | undefined {
  const idp = entry.text('identityProviderName');
  if (idp === undefined) return undefined;
  const target = toRest(
    [
      ['defaultProvisioningConnectorConfig.name', 'connector'],
      ['defaultProvisioningConnectorConfig.blocking', 'blocking'],
      ['defaultProvisioningConnectorConfig.rulesEnabled', 'rules'],
      ['justInTimeProvisioningConfig.provisioningEnabled', 'jit'],
    ],
    entry,
  );
  return { idp, ...target };
}

/** Roles are associated by name; those of an organization are not listed on an application at all. */
function associatedRoles(config: Entry): JsonObject | undefined {
  const audience = config.text('allowedAudience')?.toUpperCase();
  if (audience !== 'APPLICATION' && audience !== 'ORGANIZATION') return undefined;
  const roles = config.each('roles');
  for (const role of roles) role.leave('id', 'it is an id of the server that the file is from', true);
  if (audience === 'ORGANIZATION') {
    for (const role of roles) role.leave('name', 'the API does not associate roles of the ORGANIZATION audience');
    return { allowedAudience: audience };
  }
  const names = roles.flatMap((role) => role.text('name') ?? []);
  return { allowedAudience: audience, ...(names.length > 0 ? { roles: names.map((name) => ({ name })) } : {}) };
}
