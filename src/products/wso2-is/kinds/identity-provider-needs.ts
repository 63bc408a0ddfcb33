import type { JsonObject } from '../../../model/json';
import type { Need } from '../../../model/kind';
import { filledText, filledTexts, objectOf, objectsOf } from '../json-fields';
import { roleNeeds } from '../role-names';

/**
 * The roles that an identity provider names. The product's own code of 6.0 leaves a mapping to a role that is not there
 * out without a word, and answers 400 IDP-60010 to an outbound provisioning role that is not.
 */
export function identityProviderNeeds(value: JsonObject): Need[] {
  const roles = objectOf(value.roles);
  const mapped = objectsOf(roles?.mappings).map((mapping) => filledText(mapping, 'localRole') ?? '');
  return [
    ...roleNeeds('roles.mappings', mapped),
    ...roleNeeds('roles.outboundProvisioningRoles', filledTexts(roles?.outboundProvisioningRoles)),
  ];
}
