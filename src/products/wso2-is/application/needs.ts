import type { JsonObject } from '../../../model/json';
import { compareVersions, type Need } from '../../../model/kind';
import { filledText, filledTexts, objectOf } from '../json-fields';
import { roleNeeds } from '../role-names';
import { objectsIn } from './references';
import { unfitPolicy } from './refusals';

/**
 * What an application names of the server. The product's own code of 6.0 answers 400 to each that is not there: APP-60001
 * to local authenticators and roles, OAUTH-60001 to grant types and scope validators.
 */
export function applicationNeeds(value: JsonObject, release: string): Need[] {
  const oidc = objectOf(objectOf(value.inboundProtocolConfiguration)?.oidc);
  const role = objectOf(objectOf(value.claimConfiguration)?.role);
  const at = 'inboundProtocolConfiguration.oidc';
  return [
    ...authenticatorNeeds(objectOf(value.authenticationSequence)),
    ...filledTexts(oidc?.grantTypes).map((key): Need => ({ path: `${at}.grantTypes`, kind: 'grant-type', key })),
    ...filledTexts(oidc?.scopeValidators).map((key): Need => ({
      path: `${at}.scopeValidators`,
      kind: 'scope-validator',
      key,
    })),
    ...roleNeeds(
      'claimConfiguration.role.mappings',
      objectsIn(role?.mappings).map((mapping) => filledText(mapping, 'localRole') ?? ''),
    ),
    ...(compareVersions(release, '7.0') >= 0 ? apiNeeds(value) : []),
  ];
}

/** Local ones only: those of an identity provider come with it. */
function authenticatorNeeds(sequence: JsonObject | undefined): Need[] {
  const options = objectsIn(sequence?.steps).flatMap((step) =>
    objectsIn(step.options)
      .filter(({ idp }) => idp === 'LOCAL')
      .map((option) => ({
        path: `authenticationSequence.steps[${String(step.id)}].options`,
        key: filledText(option, 'authenticator') ?? '',
      })),
  );
  const inRequests = filledTexts(sequence?.requestPathAuthenticators).map((key) => ({
    path: 'authenticationSequence.requestPathAuthenticators',
    key,
  }));
  return [...options, ...inRequests].map((named): Need => ({ ...named, kind: 'authenticator' }));
}

/** The policy counts as a need of its own where it depends on the resource: another one has to be looked at again. */
function apiNeeds(value: JsonObject): Need[] {
  return objectsIn(value.authorizedAPIs).map((api): Need => {
    const key = filledText(api, 'identifier') ?? '';
    const need = { path: `authorizedAPIs[${key}]`, kind: 'api-resource', key };
    const unfit = unfitPolicy(api);
    return unfit ? { ...need, path: `${need.path}.policyIdentifier`, unfit } : need;
  });
}
