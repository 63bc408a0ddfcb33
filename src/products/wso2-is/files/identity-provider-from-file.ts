import { isObject, type Json, type JsonObject } from '../../../model/json';
import { formatPath } from '../../../model/path';
import { localRole } from '../../../service-provider-files/translation/claim-mappings';
import { ELEMENTS, IDENTITY_PROVIDER, JIT, JIT_SCHEMES, type ElementPairs } from './identity-provider-pairs';
import type { Entry } from '../../../service-provider-files/translation/ledger';
import { filled, setAt, toRest } from '../../../service-provider-files/translation/pairs';

/**
 * An identity provider of the REST vocabulary from the tree of a file, which is the product's inner model (reference,
 * 2.2.6). `confidential` gets the paths that the file itself marks as secrets. Secrets are in clear.
 */
export function identityProviderFromFile(root: Entry, confidential: string[]): JsonObject {
  const value = toRest(IDENTITY_PROVIDER, root);
  const first = certificates(root.text('certificate'));
  setAt(value, 'certificate.certificates', listedCertificates(root) ?? first);
  idpProperties(root, value);
  setAt(value, 'federatedAuthenticators.authenticators', elements(root, ELEMENTS.authenticators, confidential));
  setAt(value, 'provisioning.outboundConnectors.connectors', elements(root, ELEMENTS.connectors, confidential));
  claims(root.at('claimConfig'), value);
  roles(root, value);
  const groups = root.each('idPGroupConfig').flatMap((entry) => {
    entry.leave('idpGroupId', 'it is an id of the server that the file is from', true);
    entry.leave('idpId', 'it is an id of the server that the file is from', true);
    return entry.text('idpGroupName') ?? [];
  });
  setAt(value, 'groups', groups.length > 0 ? groups.map((name) => ({ name })) : undefined);
  setAt(value, 'provisioning.jit', jit(root.at('justInTimeProvisioningConfig')));
  const association = root.at('federatedAssociationConfig');
  const lookup = { isEnabled: association.flag('enabled'), lookupAttribute: association.texts('lookupAttributes') };
  setAt(value, 'implicitAssociation', filled(lookup));
  return value;
}

/** All certificates, which only XML holds; in the other formats there is the first one. */
function listedCertificates(root: Entry): Json[] | undefined {
  const listed = root.each('certificateInfoArray').flatMap((entry) => {
    entry.leave('thumbPrint', 'it follows from the certificate', true);
    return entry.text('certValue') ?? [];
  });
  return listed.length > 0 ? listed : undefined;
}

/** One PEM text, its base64, several in one text, or a JSON list of them with their thumbprints. */
function certificates(text: string | undefined): Json[] | undefined {
  if (text === undefined) return undefined;
  if (!text.trimStart().startsWith('[')) return [text];
  try {
    const list: unknown = JSON.parse(text);
    const values = Array.isArray(list)
      ? list.map((item: unknown) => (isObject(item) ? item.certValue : undefined))
      : [];
    const found = values.filter((item): item is string => typeof item === 'string' && item !== '');
    return found.length > 0 ? found : undefined;
  } catch {
    return [text];
  }
}

/** Properties with a field of their own in the API. */
const PROPERTIES: Readonly<Record<string, string>> = {
  jwksUri: 'certificate.jwksUri',
  idpIssuerName: 'idpIssuerName',
  samlMetadataUri: 'certificate.samlMetadataUri',
  templateId: 'templateId',
};

function idpProperties(root: Entry, value: JsonObject): void {
  setAt(value, 'idpIssuerName', root.text('issuer'));
  setAt(value, 'certificate.jwksUri', root.text('jwksEndpoint'));
  for (const entry of root.each('idpProperties')) {
    const name = entry.text('name') ?? '';
    const path = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
    if (path === undefined) entry.leave('', `the API has no field for the property "${name}"`);
    else if (name !== 'templateId' || value.templateId === undefined) setAt(value, path, entry.get('value'));
    else repeatedTemplate(entry, value.templateId);
  }
}

/** The product keeps the template in a property too; the field wins. */
function repeatedTemplate(entry: Entry, templateId: Json): void {
  const isSame = entry.text('value') === templateId;
  entry.leave('', isSame ? 'it repeats the field of that name' : 'the file has another template in the field', isSame);
}

function elements(root: Entry, pairs: ElementPairs, confidential: string[]): Json[] | undefined {
  const chosen = root.at(pairs.chosen);
  const name = chosen.text('name');
  if (name !== undefined) chosen.leave('', 'it repeats an element of the list', true);
  const list = root.each(pairs.list).map((entry): JsonObject => {
    const own = entry.text('name');
    const properties = propertiesOf(entry, pairs, own ?? '', confidential);
    return {
      ...toRest(pairs.fields, entry),
      ...filled({ properties, isDefault: name === undefined ? undefined : own === name }),
    };
  });
  return list.length > 0 ? list : undefined;
}

function propertiesOf(entry: Entry, pairs: ElementPairs, name: string, confidential: string[]): Json[] {
  return entry.each(pairs.properties).flatMap((property) => {
    const key = property.text('name');
    if (key === undefined) return [];
    if (property.flag('confidential') === true)
      confidential.push(`${pairs.rest}${formatItem(name)}.properties${formatItem(key)}.value`);
    const value = property.get('value');
    return [{ key, ...(value === undefined ? {} : { value }) }];
  });
}

function formatItem(item: string): string {
  return formatPath([{ item }]);
}

/** With mappings, or without in local mode; provisioning claims are mappings with a default value. */
function claims(config: Entry, value: JsonObject): void {
  const [mappings, provisioning]: [Json[], Json[]] = [[], []];
  for (const entry of config.each('claimMappings')) {
    const [local, remote] = [entry.text('localClaim.claimUri'), entry.text('remoteClaim.claimUri')];
    if (remote === undefined) continue;
    if (local !== undefined) mappings.push({ idpClaim: remote, localClaim: { uri: local } });
    const standard = entry.text('defaultValue');
    if (standard === undefined) entry.leave('requested', 'a claim without a default value is not provisioned', true);
    else if (entry.flag('requested') === true) provisioning.push({ claim: { uri: remote }, defaultValue: standard });
    else entry.leave('defaultValue', 'the claim is not provisioned, so its default value has no use');
  }
  config.leave('idpClaims', 'they are the claims of the mappings', mappings.length > 0);
  config.leave('localClaimDialect', 'the API says it by the absence of mappings', mappings.length === 0);
  const uri = (name: string): JsonObject | undefined => filled({ uri: config.text(name) });
  const block = filled({
    userIdClaim: uri('userClaimURI'),
    roleClaim: uri('roleClaimURI'),
    mappings,
    provisioningClaims: provisioning,
  });
  setAt(value, 'claims', block);
}

function roles(root: Entry, value: JsonObject): void {
  const mappings = root.each('permissionAndRoleConfig.roleMappings').flatMap((entry) => {
    const [role, remote] = [localRole(entry), entry.text('remoteRole')];
    return role === undefined || remote === undefined ? [] : [{ idpRole: remote, localRole: role }];
  });
  const mapped = new Set(mappings.map(({ idpRole }) => idpRole));
  const unmapped = root.texts('permissionAndRoleConfig.idpRoles').filter((role) => !mapped.has(role));
  if (unmapped.length > 0) root.leave('permissionAndRoleConfig.idpRoles', 'the API has no roles without a mapping');
  const outbound = (root.text('provisioningRole') ?? '').split(',').map((role) => role.trim());
  const names = outbound.filter((role) => role !== '');
  setAt(value, 'roles', filled({ mappings, outboundProvisioningRoles: names }));
}

function jit(config: Entry): JsonObject | undefined {
  const value = toRest(JIT, config);
  const asked = ['promptConsent', 'passwordProvisioningEnabled', 'modifyUserNameAllowed'].map(
    (name) => config.flag(name) === true,
  );
  const scheme = JIT_SCHEMES.find(({ flags }) => flags.every((flag, index) => flag === asked[index]));
  const isSet = value.isEnabled !== undefined;
  if (!scheme && isSet) config.leave('', 'the API has no scheme for this combination of prompts');
  return filled({ ...value, ...(isSet && scheme ? { scheme: scheme.name } : {}) });
}
