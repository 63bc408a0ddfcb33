import { isObject, type JsonObject } from '../../../model/json';
import { SAML_AUTHENTICATOR, SAML_METADATA, SAML_METADATA_MODE } from '../authenticators';
import { computedId } from '../claim-ids';
import { filledText, filledTexts, objectOf, objectsOf } from '../json-fields';
import {
  AUTHENTICATOR,
  CONNECTOR,
  elementId,
  normaliseIdentityProvider,
  type ElementFields,
} from './identity-provider-normalise';
import { RESERVED_NAME } from './identity-provider-read';

type Problem = { path: string; message: string };

/** What the server refuses, or drops without a word, although each field by itself is right (reference, 2.2.3 to 2.2.5). */
export function checkIdentityProvider(file: JsonObject): Problem[] {
  const value = normaliseIdentityProvider(file);
  const authenticators = objectOf(value.federatedAuthenticators);
  const connectors = objectOf(objectOf(value.provisioning)?.outboundConnectors);
  return [
    ...checkName(value),
    ...checkCertificate(objectOf(value.certificate)),
    ...checkElements(authenticators, AUTHENTICATOR, 'federatedAuthenticators'),
    ...objectsOf(authenticators?.authenticators).flatMap((element, _index, all) =>
      checkAuthenticator(element, all.length),
    ),
    ...checkElements(connectors, CONNECTOR, 'provisioning.outboundConnectors'),
    ...checkClaims(objectOf(value.claims)),
    ...checkAssociation(objectOf(value.implicitAssociation)),
  ];
}

function checkName(value: JsonObject): Problem[] {
  if (value.name !== RESERVED_NAME) return [];
  return [{ path: 'name', message: `the name ${RESERVED_NAME} is reserved for the organization login of the product` }];
}

function checkCertificate(certificate: JsonObject | undefined): Problem[] {
  const sources = ['jwksUri', 'samlMetadataUri'].filter((field) => filledText(certificate, field) !== undefined);
  const texts = filledTexts(certificate?.certificates);
  const all = texts.length > 0 ? ['certificates', ...sources] : sources;
  const several = `only one of ${all.join(' and ')} can be used: the server would drop the others`;
  return all.length > 1 ? [{ path: 'certificate', message: several }] : [];
}

function checkElements(block: JsonObject | undefined, fields: ElementFields, at: string): Problem[] {
  const list = objectsOf(block?.[fields.list]);
  const problems = list.flatMap((element) => checkIdentity(element, fields, `${at}.${fields.list}`));
  const defaults = list.filter((element) => element.isDefault === true);
  if (defaults.length > 1)
    problems.push({ path: `${at}.${fields.list}`, message: 'only one element can be the default' });
  const id = filledText(block, fields.default);
  if (id !== undefined && !list.some((element) => elementId(element, fields) === id)) {
    const isName = list.some((element) => element.name === id);
    const instead = isName ? 'it wants an id, not a name; write isDefault: true at the element instead' : undefined;
    problems.push({ path: `${at}.${fields.default}`, message: instead ?? `${id} is not in ${fields.list}` });
  }
  const names = list.map((element) => elementId(element, fields));
  if (new Set(names).size < names.length) {
    problems.push({ path: `${at}.${fields.list}`, message: 'an element is there more than once' });
  }
  return [...problems, ...list.flatMap((element) => checkProperties(element, `${at}.${fields.list}`))];
}

function checkIdentity(element: JsonObject, fields: ElementFields, path: string): Problem[] {
  const [name, id] = [filledText(element, 'name'), filledText(element, fields.id)];
  if (name === undefined && id === undefined) return [{ path, message: 'each element needs a name' }];
  if (name === undefined) return [{ path, message: `${fields.id} ${id} is not base64url of a name` }];
  const wrong = id !== undefined && computedId(name) !== id;
  return wrong ? [{ path, message: `${fields.id} ${id} is not that of ${name} (${computedId(name)})` }] : [];
}

function checkProperties(element: JsonObject, path: string): Problem[] {
  const keys = objectsOf(element.properties).map((property) => property.key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined ? [] : [{ path, message: `the property ${String(twice)} is there more than once` }];
}

/** IDP-60026, IDP-60028 and the rules of user-defined authenticators, IDP-60039 to IDP-60044. */
function checkAuthenticator(element: JsonObject, count: number): Problem[] {
  const path = `federatedAuthenticators.authenticators[${filledText(element, 'name') ?? ''}]`;
  const problems: Problem[] = [];
  const add = (message: string): number => problems.push({ path, message });
  const properties = objectsOf(element.properties);
  if (element.isDefault === true && element.isEnabled !== true) add('the default authenticator must be enabled');
  if (element.definedBy === 'USER') {
    if (properties.length > 0) add('an authenticator defined by USER has an endpoint instead of properties');
    if (!isObject(element.endpoint)) add('an authenticator defined by USER needs an endpoint');
    if (count > 1) add('beside an authenticator defined by USER there can be no other');
  } else if (isObject(element.endpoint)) {
    add('an endpoint needs definedBy: USER');
  }
  if (element.name === SAML_AUTHENTICATOR && lacksMetadata(properties)) {
    add(`${SAML_METADATA_MODE.key} "${SAML_METADATA_MODE.value}" needs the document in ${SAML_METADATA}`);
  }
  return problems;
}

function lacksMetadata(properties: readonly JsonObject[]): boolean {
  const mode = properties.find((property) => property.key === SAML_METADATA_MODE.key);
  const document = properties.find((property) => property.key === SAML_METADATA);
  return mode?.value === SAML_METADATA_MODE.value && filledText(document, 'value') === undefined;
}

/** With mappings, the other claims are those of the identity provider; one that is not mapped is dropped or refused. */
function checkClaims(claims: JsonObject | undefined): Problem[] {
  const mapped = new Set(objectsOf(claims?.mappings).map((mapping) => mapping.idpClaim));
  if (mapped.size === 0) return [];
  return objectsOf(claims?.provisioningClaims)
    .map((entry) => filledText(objectOf(entry.claim), 'uri') ?? '')
    .filter((uri) => !mapped.has(uri))
    .map((uri) => ({
      path: 'claims.provisioningClaims',
      message: `"${uri}" is not in claims.mappings, so the server would drop it`,
    }));
}

function checkAssociation(association: JsonObject | undefined): Problem[] {
  if (association?.isEnabled !== true || filledTexts(association.lookupAttribute).length > 0) return [];
  return [{ path: 'implicitAssociation.lookupAttribute', message: 'an implicit association needs a lookup attribute' }];
}
