import { Document, visit, isMap, isScalar, type YAMLMap } from 'yaml';
import { isObject, type Json, type JsonObject } from '../model/json';
import { INNER_DOCUMENTS } from './inbound-shapes';
import { fileKind, type ProductFileKind } from './kinds';
import type { MapShape, Shape } from './shape';

const MODEL = 'org.wso2.carbon.identity.application.common.model';

/** Classes of the product that its YAML reader has to be told (reference, 3.1). */
const ROOT_CLASSES: Readonly<Partial<Record<ProductFileKind, string>>> = {
  application: `${MODEL}.ServiceProvider`,
  'identity-provider': `${MODEL}.IdentityProvider`,
};
const INBOUND_CLASSES: Readonly<Record<string, string>> = {
  oauth2: 'org.wso2.carbon.identity.oauth.dao.OAuthAppDO',
  samlsso: 'org.wso2.carbon.identity.sso.saml.dto.SAMLSSOServiceProviderDTO',
};

/** A tree as the YAML that the product reads, with the names of its Java classes as tags. */
export function yamlFileText(kind: ProductFileKind, root: JsonObject): string {
  // `compat` quotes what the product's reader, which is one of YAML 1.1, takes for something else: `no`, dates.
  const document = new Document(withNames(root, fileKind(kind).shape, 'yaml'), {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  const rootClass = ROOT_CLASSES[kind];
  visit(document, {
    Map: (_, node) => {
      const inner = node.get('inboundConfigurationProtocol');
      const type = node.get('inboundAuthType');
      const name = typeof type === 'string' ? INBOUND_CLASSES[type] : undefined;
      if (isMap(inner) && name !== undefined) tag(inner, name);
    },
    Scalar: (position, node) => {
      if (position === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
      if (/[\r\t\u0085\u2028\u2029\ufeff]/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  // The product's library does not indent the items of a list, and clients count on the columns of the inner document.
  const text = document.toString({ lineWidth: 0, indentSeq: false });
  return rootClass === undefined ? text : `!!${rootClass}\n${text}`;
}

/** The tag is set after the visit has looked at the node; `yaml` writes unknown tags as they are. */
function tag(node: YAMLMap, name: string): void {
  node.tag = `tag:yaml.org,2002:${name}`;
}

/** A tree as the JSON that the product reads; the inner document says of which type it is. */
export function jsonFileText(kind: ProductFileKind, root: JsonObject): string {
  const named = withNames(root, fileKind(kind).shape, 'json');
  return `${JSON.stringify(fileKind(kind).kind === 'application' ? withTypes(named) : named, null, 2)}\n`;
}

/** The tree under the names that the library of a format makes of the product's getters. */
function withNames(root: JsonObject, shape: MapShape, format: 'json' | 'yaml'): JsonObject {
  const entries = Object.entries(root).map(([name, value]): [string, Json] => {
    const known = shape.fields[name];
    return [known?.called?.[format] ?? name, renamed(value, known?.shape, format)];
  });
  return Object.fromEntries(entries);
}

function renamed(value: Json, shape: Shape | undefined, format: 'json' | 'yaml'): Json {
  if (Array.isArray(value)) {
    const of = shape?.type === 'list' ? shape.of : undefined;
    return value.map((item) => renamed(item, of, format));
  }
  return isObject(value) && shape?.type === 'map' ? withNames(value, shape, format) : value;
}

function withTypes(root: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(root), (_name, value: unknown) => {
    const config = value as { inboundAuthType?: unknown; inboundConfigurationProtocol?: object } | null;
    const type = typeof config?.inboundAuthType === 'string' ? INNER_DOCUMENTS[config.inboundAuthType] : undefined;
    if (!config?.inboundConfigurationProtocol || type === undefined) return value;
    return { ...config, inboundConfigurationProtocol: { type, ...config.inboundConfigurationProtocol } };
  }) as JsonObject;
}
