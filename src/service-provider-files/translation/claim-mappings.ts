import type { Json, JsonObject } from '../../model/json';
import type { Entry } from './ledger';
import { filled, setAt } from './pairs';

/**
 * Claims of an application: one list in a file, in the API a list of mappings and one of requested claims, which are
 * called by their application-side name (reference, 2.1.4, computed value 5).
 */
export function claimsFromFile(root: Entry, value: JsonObject): void {
  const config = root.at('claimConfig');
  const isLocal = config.flag('localClaimDialect');
  if (isLocal !== undefined) setAt(value, 'claimConfiguration.dialect', isLocal ? 'LOCAL' : 'CUSTOM');
  const [mappings, requested]: [Json[], Json[]] = [[], []];
  for (const entry of config.each('claimMappings')) {
    const local = entry.text('localClaim.claimUri');
    const application = entry.text('remoteClaim.claimUri') ?? local;
    if (application === undefined) continue;
    const isRequested = entry.flag('requested') === true;
    const isMandatory = entry.flag('mandatory');
    if (local !== undefined && (isLocal !== true || local !== application))
      mappings.push({ applicationClaim: application, localClaim: { uri: local } });
    else if (!isRequested) entry.leave('', 'it maps a claim to itself and does not request it', true);
    if (isRequested) requested.push({ claim: { uri: application }, ...filled({ mandatory: isMandatory }) });
  }
  if (mappings.length > 0) setAt(value, 'claimConfiguration.claimMappings', mappings);
  if (requested.length > 0) setAt(value, 'claimConfiguration.requestedClaims', requested);
  const roles = roleMappings(root);
  if (roles.length > 0) setAt(value, 'claimConfiguration.role.mappings', roles);
}

function roleMappings(root: Entry): Json[] {
  return root.each('permissionAndRoleConfig.roleMappings').flatMap((entry) => {
    const role = localRole(entry);
    const remote = entry.text('remoteRole');
    return role === undefined || remote === undefined ? [] : [{ localRole: role, applicationRole: remote }];
  });
}

/** A local role with its user store, as the API writes it: `Internal/support`, `STORE/role`. */
export function localRole(entry: Entry): string | undefined {
  const [name, store] = [entry.text('localRole.localRoleName'), entry.text('localRole.userStoreId')];
  return name === undefined || store === undefined || name.includes('/') ? name : `${store}/${name}`;
}

/** The one list of a file. A requested claim without a mapping is one of its own. */
export function claimsToFile(value: Entry, tree: JsonObject): void {
  const config = value.at('claimConfiguration');
  const isLocal = config.text('dialect') !== 'CUSTOM';
  const requested = new Map(
    config.each('requestedClaims').map((entry) => [entry.text('claim.uri') ?? '', entry.flag('mandatory') === true]),
  );
  const mapped = config.each('claimMappings').map((entry) => ({
    application: entry.text('applicationClaim') ?? '',
    local: entry.text('localClaim.uri') ?? '',
  }));
  const names = new Set(mapped.map(({ application }) => application));
  const own = [...requested.keys()].filter((uri) => !names.has(uri)).map((uri) => ({ application: uri, local: uri }));
  const list = [...mapped, ...own].map(({ application, local }) => ({
    localClaim: { claimUri: local, claimId: 0 },
    remoteClaim: { claimUri: application, claimId: 0 },
    requested: requested.has(application),
    mandatory: requested.get(application) ?? false,
  }));
  setAt(tree, 'claimConfig.localClaimDialect', isLocal);
  setAt(tree, 'claimConfig.claimMappings', list);
  const roles = config.each('role.mappings').map((entry) => ({
    localRole: roleOf(entry.text('localRole') ?? ''),
    remoteRole: entry.text('applicationRole') ?? '',
  }));
  setAt(tree, 'permissionAndRoleConfig.roleMappings', roles);
}

export function roleOf(role: string): JsonObject {
  return { localRoleName: role };
}
