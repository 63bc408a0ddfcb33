import { Document, isMap, parseDocument, visit } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { textIn } from '../fields';
import type { Version } from '../versions';
import { membersOf, protocolClass } from './classes';

/*
 * The file of an application in YAML and JSON (from 7.0): the properties of the same classes. Their libraries refuse a
 * file with a name that is no property (`UnrecognizedPropertyException` of Jackson, "Cannot create property" of SnakeYAML).
 */

type Format = 'yaml' | 'json';

const PROTOCOL = 'inboundConfigurationProtocol';
const CLASS_NAMES: Readonly<Record<string, string>> = {
  oAuthAppDO: 'org.wso2.carbon.identity.oauth.dao.OAuthAppDO',
  samlssoServiceProviderDTO: 'org.wso2.carbon.identity.sso.saml.dto.SAMLSSOServiceProviderDTO',
};
const ROOT_CLASS = 'org.wso2.carbon.identity.application.common.model.ServiceProvider';
/** Properties that a reader takes and that a file does not change. */
const PASSED_OVER = new Set([
  ...['applicationID', 'applicationResourceId', 'owner', 'tenantDomain', 'spProperties', 'data', 'valid'],
  ...['id', 'resourceId', 'type'],
]);

/** The class by the inbound type of the object that a protocol stands in. */
function classAt(name: string, property: string, owner: JsonObject): string | undefined {
  if (name === 'Inbound' && property === PROTOCOL) return protocolClass(textIn(owner, 'inboundAuthType') ?? '');
  return undefined;
}

/** Flags and numbers have values in Java, whatever was set; a client secret that is not exported is null. */
export function propertiesText(tree: JsonObject, version: Version, format: Format): string {
  const named = written(tree, 'ServiceProvider', version, format);
  if (format === 'json') return JSON.stringify(named);
  const document = new Document(named, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    Map: (_key, node) => {
      const inner = node.get(PROTOCOL);
      const name = CLASS_NAMES[protocolClass(String(node.get('inboundAuthType'))) ?? ''];
      if (isMap(inner) && name !== undefined) inner.tag = `tag:yaml.org,2002:${name}`;
    },
  });
  return `!!${ROOT_CLASS}\n${document.toString({ lineWidth: 0, indentSeq: false })}`;
}

function written(value: JsonObject, name: string, version: Version, format: Format): JsonObject {
  const result: JsonObject = name === 'oAuthAppDO' ? { oauthConsumerSecret: null } : {};
  if (format === 'json' && CLASS_NAMES[name] !== undefined) result.type = name;
  for (const member of membersOf(name, version)) {
    const found = value[member.property] ?? primitive(member.list === undefined ? member.type : 'text');
    if (found === undefined) continue;
    const inner =
      classAt(name, member.property, value) ?? (typeof member.type === 'string' ? undefined : member.type.class);
    const one = (item: Json): Json => (isObject(item) && inner ? written(item, inner, version, format) : item);
    result[member[format] ?? member.property] = Array.isArray(found) ? found.map(one) : one(found);
  }
  return result;
}

function primitive(type: unknown): Json | undefined {
  if (type === 'flag') return false;
  return type === 'number' ? 0 : undefined;
}

/** What a text in YAML or JSON says; undefined when it cannot be read, or has a name that is no property. */
export function treeOfProperties(text: string, version: Version, format: Format): JsonObject | undefined {
  const value = format === 'json' ? parsedJson(text) : parsedYaml(text);
  return isObject(value) ? read(value, 'ServiceProvider', version, format) : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsedYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    visit(document, { Node: (_key, node) => void ('tag' in node && delete node.tag) });
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function read(value: JsonObject, name: string, version: Version, format: Format): JsonObject | undefined {
  const result: JsonObject = {};
  const known = new Map(membersOf(name, version).map((member) => [member[format] ?? member.property, member]));
  for (const [key, item] of Object.entries(value)) {
    const member = known.get(key);
    // Of an identity provider the sandbox has only the part that an application is about.
    if (!member && (PASSED_OVER.has(key) || name === 'IdentityProvider')) continue;
    if (!member) return undefined;
    if (item === null) continue;
    const inner =
      classAt(name, member.property, value) ?? (typeof member.type === 'string' ? undefined : member.type.class);
    const items = Array.isArray(item) ? item : [item];
    const readItems = items.map((each) => one(each, inner, version, format));
    if (readItems.includes(undefined) || Array.isArray(item) !== (member.list !== undefined)) return undefined;
    result[member.property] = Array.isArray(item) ? (readItems as Json[]) : (readItems[0] ?? null);
  }
  return result;
}

function one(item: Json, inner: string | undefined, version: Version, format: Format): Json | undefined {
  if (inner === undefined) return typeof item === 'object' ? undefined : item;
  return isObject(item) ? read(item, inner, version, format) : undefined;
}
