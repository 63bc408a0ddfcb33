import type { LoosePlace } from '../../iamctl/document';
import { readDocument } from '../../iamctl/document';
import type { Fault, ResourceFile } from '../../iamctl/description';
import { APPLICATIONS, CLAIMS, dialectFileName, IDENTITY_PROVIDERS } from '../../iamctl/resource-types';
import { isObject, type Json, type JsonObject } from '../../model/json';
import { LiftlockError, type Place } from '../../model/problem';
import { readProductFile } from '../../service-provider-files/read';
import { isMarkedAsSystem } from './claim-lists';
import { LOCAL_DIALECT } from './claim-ids';
import { artifactsFromFile } from './files/convert';
import { application } from './kinds/application';
import { claimDialect } from './kinds/claim-dialect';
import { externalClaim } from './kinds/external-claim';
import { identityProvider } from './kinds/identity-provider';
import { localClaim } from './kinds/local-claim';
import { defined, filledText, objectOf, objectsOf } from './json-fields';
import { isDefaultLocalClaim } from './standard-claims';

/** One artifact of a resource file, in the vocabulary of the REST API. */
export interface ResourceItem {
  readonly kind: string;
  readonly value: JsonObject;
  /** The product ships with it, where the kind's own table cannot tell. */
  readonly isShipped?: boolean;
  /** Keyed paths that the file itself calls confidential. */
  readonly confidential?: readonly string[];
}

/** The texts of a resource file: itself, and its side file if it has one. */
export type ResourceTexts = readonly [text: string, authorizedApis?: string];

export interface ReadResource {
  readonly items: readonly ResourceItem[];
  readonly longNumbers: readonly string[];
  /** Elements that have no place in the vocabulary of the REST API. */
  readonly notConverted?: readonly { readonly element: string; readonly why: string; readonly place: Place }[];
}

const KINDS = [application, identityProvider, claimDialect, localClaim, externalClaim];

export type Loose = (text: string, place: LoosePlace) => string | undefined;

/**
 * Reads the texts of a resource file, as they stand or with keywords filled in, into artifacts. Throws nothing.
 * @param isStrict a file of the product has to be one that a server takes: without lists that exports joined
 */
export function readResource(
  resource: ResourceFile,
  [text, side]: ResourceTexts,
  loose?: Loose,
  isStrict = false,
): ReadResource | { readonly fault: Fault } {
  const { file, format, authorizedApis } = resource;
  const options = loose ? { loose } : {};
  const main = format === 'xml' ? undefined : readDocument(text, format, { file, ...options });
  if (!main || isProductFile(text)) return productFile(resource, text, loose, isStrict);
  if ('fault' in main) return main;
  if (!isObject(main.value)) return { fault: { message: 'The file does not hold a map', place: { file } } };
  if (!authorizedApis || side === undefined || authorizedApis.format === 'xml') {
    return { items: itemsOf(resource.type, main.value), longNumbers: main.longNumbers };
  }
  const apis = readDocument(side, authorizedApis.format, { file: authorizedApis.file, ...options });
  if ('fault' in apis) return apis;
  const value = { ...main.value, authorizedAPIs: authorizedApiList(apis.value) };
  return {
    items: itemsOf(resource.type, value),
    longNumbers: [...main.longNumbers, ...apis.longNumbers],
  };
}

/** What only the files of the product's own model have; those of the REST API have `name`, and claims without a type. */
const PRODUCT_FILE =
  /^\s*["']?(?:applicationName|identityProviderName)["']?\s*:|^[\s-]*["']?type["']?\s*:\s*["']?(?:Local|External)Claim\b/m;

function isProductFile(text: string): boolean {
  return PRODUCT_FILE.test(text);
}

/** True for a file of the import and export API; others hold what the REST API says. */
export function isOfFileApi({ format, text }: ResourceFile): boolean {
  return format === 'xml' || isProductFile(text) || /^!!org\.wso2\./.test(text);
}

/** Files of the import and export API, which earlier versions of IAM-CTL use (reference, section 3). */
function productFile(
  { file, format, type }: ResourceFile,
  text: string,
  loose: Loose | undefined,
  isStrict: boolean,
): ReadResource | { readonly fault: Fault } {
  try {
    const read = readProductFile(text, { file, format, joinedLists: !isStrict });
    // A mark where only true, false or a number may stand is read as something else.
    const lost = loose && read.problems.find(({ code }) => code === 'not-a-flag');
    if (lost) return { fault: { message: lost.message, place: lost.place ?? { file } } };
    const { artifacts, notConverted } = artifactsFromFile(read, [...KINDS]);
    const items = artifacts.map(({ kind, value, confidential }) => ({ kind, value, confidential }));
    const left = notConverted.filter(({ meaningless }) => !meaningless);
    return {
      items: type === CLAIMS ? items.map(withShipped) : items,
      longNumbers: [],
      notConverted: left.map(({ element, why, place }) => ({ element, why, place: place ?? { file } })),
    };
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    const [problem] = error.problems;
    return { fault: { message: problem?.message ?? 'The file cannot be read', place: problem?.place ?? { file } } };
  }
}

function withShipped(item: ResourceItem): ResourceItem {
  const uri = item.kind === 'local-claim' ? filledText(item.value, 'claimURI') : undefined;
  return uri === undefined ? item : { ...item, isShipped: isDefaultLocalClaim(uri) };
}

/** The kinds that a resource type becomes. */
export function kindsOfType(type: string): readonly string[] {
  if (type === APPLICATIONS) return ['application'];
  if (type === IDENTITY_PROVIDERS) return ['identity-provider'];
  return type === CLAIMS ? ['claim-dialect', 'local-claim', 'external-claim'] : [];
}

/** The names that the configuration may use for a resource: claim dialects go by their URI, later versions too by file. */
export function configuredNames(resource: ResourceFile, dialects: readonly string[] = []): string[] {
  if (resource.type !== CLAIMS) return [resource.name];
  const uri = dialects.find((dialect) => dialectFileName(dialect) === resource.name);
  return [...new Set([...(uri === undefined ? [] : [uri]), ...dialectsIn(resource.text), resource.name])];
}

/** The dialect's URI as it stands in the file, without reading all of it. */
function dialectsIn(text: string): string[] {
  const match = /^\s*"?dialectURI"?\s*:\s*["']?([^"'\s,}]+)/m.exec(text);
  return match?.[1] === undefined ? [] : [match[1]];
}

function itemsOf(type: string, value: JsonObject): ResourceItem[] {
  if (type === APPLICATIONS) return [{ kind: 'application', value: withoutProtocolTypes(value) }];
  if (type === IDENTITY_PROVIDERS) return [{ kind: 'identity-provider', value }];
  return claimItems(value);
}

/** IAM-CTL notes in `_type` which call a protocol belongs to. */
function withoutProtocolTypes(value: JsonObject): JsonObject {
  const protocols = objectOf(value.inboundProtocolConfiguration);
  if (!protocols) return value;
  const entries = Object.entries(protocols).map(([name, protocol]): [string, Json] => [
    name,
    Array.isArray(protocol) ? protocol.map(withoutType) : withoutType(protocol),
  ]);
  return { ...value, inboundProtocolConfiguration: Object.fromEntries(entries) };
}

function withoutType(protocol: Json): Json {
  if (!isObject(protocol)) return protocol;
  const { _type, ...rest } = protocol;
  return rest;
}

/** The wire form of an application's APIs (reference, 2.1.8) in the vocabulary of files. */
function authorizedApiList(value: Json): Json {
  return objectsOf(value).map((api) =>
    defined({
      identifier: api.identifier,
      policyIdentifier: api.policyId ?? api.policyIdentifier,
      scopes: objectsOf(api.authorizedScopes).map((scope) => scope.name ?? null),
      authorizationDetailsTypes: Array.isArray(api.authorizedAuthorizationDetailsTypes)
        ? objectsOf(api.authorizedAuthorizationDetailsTypes).map((detail) => detail.type ?? null)
        : undefined,
    }),
  );
}

/** One file is a dialect with all its claims. */
function claimItems(value: JsonObject): ResourceItem[] {
  const dialectURI = filledText(value, 'dialectURI') ?? filledText(value, 'claimDialectURI');
  const claims = objectsOf(value.claims);
  if (dialectURI === LOCAL_DIALECT) {
    const isMarked = claims.some(isMarkedAsSystem);
    return claims.map((claim) => ({
      kind: 'local-claim',
      value: claim,
      isShipped: isMarked ? isMarkedAsSystem(claim) : isDefaultLocalClaim(filledText(claim, 'claimURI') ?? ''),
    }));
  }
  return [
    { kind: 'claim-dialect', value: defined({ dialectURI: dialectURI ?? value.dialectURI }) },
    ...claims.map((claim) => ({ kind: 'external-claim', value: defined({ ...claim, claimDialectURI: dialectURI }) })),
  ];
}
