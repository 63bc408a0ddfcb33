import { isObject, type JsonObject } from '../../../model/json';
import { compareVersions, type Need, type Refusal } from '../../../model/kind';
import { filledText, objectOf } from '../json-fields';
import { objectsIn } from './references';

/**
 * Combinations of fields that servers refuse, each with 400 APP-60001 (asked of the product's own code of 6.0 and 7.0) or
 * APP-60512 (7.0 measured, A4).
 */
export function applicationRefusals(value: JsonObject, release: string): Refusal[] {
  const claims = objectOf(value.claimConfiguration) ?? {};
  const since7 = compareVersions(release, '7.0') >= 0;
  return [
    ...undiscoverable(value),
    ...foreignClaims(claims),
    ...(since7 ? groupsAsRoles(claims) : []),
    ...(since7 ? openManagementApis(value) : []),
  ];
}

function undiscoverable(value: JsonObject): Refusal[] {
  const advanced = objectOf(value.advancedConfigurations);
  if (advanced?.discoverableByEndUsers !== true || filledText(value, 'accessUrl') !== undefined) return [];
  return [
    {
      path: 'advancedConfigurations.discoverableByEndUsers',
      message: 'the server refuses an application that is discoverable and has no accessUrl',
      hint: 'Set accessUrl, or discoverableByEndUsers to false.',
    },
  ];
}

/** With a dialect of its own an application knows only the claims of its mappings. */
function foreignClaims(claims: JsonObject): Refusal[] {
  if (claims.dialect !== 'CUSTOM') return [];
  const mapped = new Set(objectsIn(claims.claimMappings).map((mapping) => mapping.applicationClaim));
  return ['subject', 'role'].flatMap((part): Refusal[] => {
    const uri = filledText(objectOf(objectOf(claims[part])?.claim), 'uri');
    if (uri === undefined || mapped.has(uri)) return [];
    return [
      {
        path: `claimConfiguration.${part}.claim.uri`,
        message: `the server refuses "${uri}": with dialect CUSTOM it must be an applicationClaim of claimMappings`,
        hint: `Map it in claimConfiguration.claimMappings and name its applicationClaim here.`,
      },
    ];
  });
}

/** Since 7.0 only roles are mapped, no groups: `Internal/…` or `Application/…`. */
function groupsAsRoles(claims: JsonObject): Refusal[] {
  const mappings = objectsIn(isObject(claims.role) ? claims.role.mappings : undefined);
  const groups = mappings
    .map((mapping) => filledText(mapping, 'localRole') ?? '')
    .filter((role) => role !== '' && !/^(Internal|Application)\//i.test(role));
  return groups.map((group) => ({
    path: 'claimConfiguration.role.mappings',
    message: `the server refuses "${group}": from 7.0 on only roles can be mapped, named Internal/… or Application/…`,
    hint: `Write Internal/${group} if there is such a role.`,
  }));
}

const ANY_TOKEN = 'NO POLICY';

/** The identifiers of the product's own APIs are paths, and all of them require authorization. */
function openManagementApis(value: JsonObject): Refusal[] {
  return objectsIn(value.authorizedAPIs)
    .filter((api) => api.policyIdentifier === ANY_TOKEN && filledText(api, 'identifier')?.startsWith('/'))
    .map((api) => policyRefusal(String(api.identifier)));
}

function policyRefusal(identifier: string): Refusal {
  return {
    path: `authorizedAPIs[${identifier}].policyIdentifier`,
    message: `the server refuses ${ANY_TOKEN} for ${identifier}, which requires authorization`,
    hint: 'Set policyIdentifier to RBAC.',
  };
}

/** How to tell why an API resource does not fit the policy of an authorized API; undefined where every resource fits. */
export function unfitPolicy(api: JsonObject): Need['unfit'] {
  if (api.policyIdentifier !== ANY_TOKEN) return undefined;
  return (resource) =>
    resource.requiresAuthorization === true
      ? `requires authorization, so the server refuses ${ANY_TOKEN}: set policyIdentifier to RBAC`
      : undefined;
}
