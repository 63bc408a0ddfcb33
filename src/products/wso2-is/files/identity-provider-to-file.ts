import type { Json, JsonObject } from '../../../model/json';
import { encodePem } from '../certificate';
import { ELEMENTS, IDENTITY_PROVIDER, JIT, JIT_SCHEMES, type ElementPairs } from './identity-provider-pairs';
import { roleOf } from '../../../service-provider-files/translation/claim-mappings';
import type { Entry } from '../../../service-provider-files/translation/ledger';
import { setAt, toFile } from '../../../service-provider-files/translation/pairs';

/** The tree of an identity provider file from a canonical identity provider; see `applicationToFile`. */
export function identityProviderToFile(value: Entry): JsonObject {
  const tree = toFile(IDENTITY_PROVIDER, value);
  const pems = value.texts('certificate.certificates');
  if (pems.length > 0) tree.certificate = encodePem(pems.join('\n'));
  const properties = [
    ['jwksUri', value.text('certificate.jwksUri')],
    ['samlMetadataUri', value.text('certificate.samlMetadataUri')],
    ['idpIssuerName', value.text('idpIssuerName')],
  ].flatMap(([name, text]) => (name === undefined || text === undefined ? [] : [{ name, value: text }]));
  if (properties.length > 0) tree.idpProperties = properties;
  elements(value, ELEMENTS.authenticators, tree);
  elements(value, ELEMENTS.connectors, tree);
  claims(value.at('claims'), tree);
  roles(value.at('roles'), tree);
  const groups = value.each('groups').map((group) => ({ idpGroupName: group.text('name') ?? '' }));
  if (groups.length > 0) tree.idPGroupConfig = groups;
  jit(value.at('provisioning.jit'), tree);
  const association = value.at('implicitAssociation');
  setAt(tree, 'federatedAssociationConfig.enabled', association.get('isEnabled'));
  setAt(tree, 'federatedAssociationConfig.lookupAttributes', association.get('lookupAttribute'));
  return tree;
}

function elements(value: Entry, pairs: ElementPairs, tree: JsonObject): void {
  const list = value.each(pairs.rest).map((entry): { element: JsonObject; isDefault: boolean } => {
    const properties = entry.each('properties').map((property) => {
      const text = property.get('value');
      return { name: property.text('key') ?? '', ...(text === undefined ? {} : { value: String(text) }) };
    });
    entry.leave('endpoint', 'a file has no endpoint of a user-defined authenticator');
    const element = { ...toFile(pairs.fields, entry), [pairs.properties]: properties };
    return { element, isDefault: entry.flag('isDefault') === true };
  });
  if (list.length === 0) return;
  tree[pairs.list] = list.map(({ element }) => element);
  const chosen = list.find(({ isDefault }) => isDefault);
  if (chosen) tree[pairs.chosen] = chosen.element;
}

function claims(config: Entry, tree: JsonObject): void {
  const standards = new Map(
    config.each('provisioningClaims').map((entry) => [entry.text('claim.uri') ?? '', entry.text('defaultValue') ?? '']),
  );
  const mappings: JsonObject[] = config.each('mappings').map((entry) => {
    const remote = entry.text('idpClaim') ?? '';
    return mapping(entry.text('localClaim.uri'), remote, standards.get(remote));
  });
  const mapped = new Set(config.each('mappings').map((entry) => entry.text('idpClaim')));
  const own = [...standards].filter(([uri]) => !mapped.has(uri)).map(([uri, text]) => mapping(undefined, uri, text));
  setAt(tree, 'claimConfig.userClaimURI', config.get('userIdClaim.uri'));
  setAt(tree, 'claimConfig.roleClaimURI', config.get('roleClaim.uri'));
  setAt(tree, 'claimConfig.localClaimDialect', mappings.length === 0);
  setAt(tree, 'claimConfig.claimMappings', [...mappings, ...own]);
  const names: Json[] = [...mapped].flatMap((uri) => (uri === undefined ? [] : [{ claimUri: uri, claimId: 0 }]));
  setAt(tree, 'claimConfig.idpClaims', names);
}

function mapping(local: string | undefined, remote: string, standard: string | undefined): JsonObject {
  return {
    ...(local === undefined ? {} : { localClaim: { claimUri: local, claimId: 0 } }),
    remoteClaim: { claimUri: remote, claimId: 0 },
    ...(standard === undefined ? {} : { defaultValue: standard }),
    requested: standard !== undefined,
    mandatory: false,
  };
}

function roles(config: Entry, tree: JsonObject): void {
  const mappings = config.each('mappings').map((entry) => ({
    localRole: roleOf(entry.text('localRole') ?? ''),
    remoteRole: entry.text('idpRole') ?? '',
  }));
  setAt(tree, 'permissionAndRoleConfig.roleMappings', mappings);
  const names = mappings.map(({ remoteRole }) => remoteRole);
  setAt(tree, 'permissionAndRoleConfig.idpRoles', [...new Set(names)]);
  const outbound = config.texts('outboundProvisioningRoles');
  if (outbound.length > 0) tree.provisioningRole = outbound.join(',');
}

function jit(config: Entry, tree: JsonObject): void {
  const block = toFile(JIT, config);
  const scheme = JIT_SCHEMES.find(({ name }) => name === config.text('scheme'));
  if (scheme) {
    const [promptConsent, passwordProvisioningEnabled, modifyUserNameAllowed] = scheme.flags;
    Object.assign(block, { promptConsent, passwordProvisioningEnabled, modifyUserNameAllowed });
  }
  if (Object.keys(block).length > 0) tree.justInTimeProvisioningConfig = block;
}
