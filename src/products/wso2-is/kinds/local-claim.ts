import { isObject, type Json, type JsonObject } from '../../../model/json';
import { compareVersions } from '../../../model/kind';
import { defined, filledText, filledTexts, objectOf, objectsOf, pick, sortedBy } from '../json-fields';
import type { Change, Listed, ProductKind, Server } from '../../product';
import {
  BUILT_IN,
  isMarkedAsSystem,
  loadLocalClaims,
  LOCAL_CLAIMS,
  readEntry,
  required,
  systemClaimTest,
} from '../claim-lists';
import { localClaimSchema } from '../schemas/local-claim';

const MANDATORY = ['claimURI', 'displayName', 'attributeMapping'] as const;
const FIELDS = Object.keys(localClaimSchema.shape);

const fieldsSince = [
  { path: 'uniquenessScope', since: '7.1' },
  { path: 'sharedProfileValueResolvingMethod', since: '7.1' },
  { path: 'profiles', since: '7.1' },
  { path: 'dataType', since: '7.2' },
  { path: 'subAttributes', since: '7.2' },
  { path: 'canonicalValues', since: '7.2' },
  { path: 'multiValued', since: '7.2' },
  { path: 'inputFormat', since: '7.2' },
  { path: 'managedInUserStore', since: '7.3' },
  { path: 'extendedValued', since: '7.3' },
];

const DEFAULTS: JsonObject = {
  description: '',
  displayOrder: 0,
  regEx: '',
  required: false,
  readOnly: false,
  supportedByDefault: false,
  uniquenessScope: 'NONE',
  sharedProfileValueResolvingMethod: 'FromOrigin',
  dataType: 'string',
  multiValued: false,
  managedInUserStore: false,
  extendedValued: false,
};

/** Attributes of users: reference, section 2.3. */
export const localClaim: ProductKind = {
  name: 'local-claim',
  folder: 'local-claims',
  commonPrefix: 'http://wso2.org/claims/',
  title: 'Local claims',
  keyFields: ['claimURI'],
  schema: localClaimSchema,
  lists: [
    { path: 'attributeMapping', identity: ['userstore'] },
    { path: 'properties', identity: ['key'] },
    { path: 'subAttributes', identity: [] },
    { path: 'canonicalValues', identity: ['value'] },
  ],
  serverOwned: ['id', 'dialectURI'],
  chosenByServer: [],
  immutable: [],
  secrets: [],
  defaults: [
    { at: '', values: DEFAULTS },
    {
      at: '',
      since: '7.2',
      when: { field: 'dataType', equals: 'boolean' },
      values: { inputFormat: { inputType: 'checkbox' } },
    },
  ],
  fieldsSince,
  references: [],
  systemKeys: [],
  isSystem: isMarkedAsSystem,
  normalise: normaliseLocalClaim,
  check: checkLocalClaim,
  notCarried: [
    { what: 'user stores', why: 'a claim that is mapped to a user store needs it to be there already' },
    {
      what: 'dataType, multiValued and sharedProfileValueResolvingMethod of a system claim',
      why: 'the server refuses to change them',
    },
  ],
  calls: {
    list: listLocalClaims,
    read: (server, listed) => readEntry(server, listed, LOCAL_CLAIMS),
    create: (change) => [{ method: 'POST', path: LOCAL_CLAIMS, body: requestBody(change), creates: true }],
    update: (change) => [{ method: 'PUT', path: [...LOCAL_CLAIMS, '{id}'], body: requestBody(change) }],
    remove: () => [{ method: 'DELETE', path: [...LOCAL_CLAIMS, '{id}'] }],
  },
};

async function listLocalClaims(server: Server): Promise<Listed[]> {
  const claims = await loadLocalClaims(server);
  const isSystem = systemClaimTest(claims, server.version);
  return claims.map((value) => {
    const [id, key] = [required(server, value, 'id'), required(server, value, 'claimURI')];
    return isSystem(key) ? { id, key, value, protectedBecause: BUILT_IN } : { id, key, value };
  });
}

/** User store domains are upper case on the server; lists that it keeps as maps are in order of their keys here. */
function normaliseLocalClaim(value: JsonObject): JsonObject {
  const mapping = objectsOf(value.attributeMapping).map((entry) =>
    defined({ userstore: filledText(entry, 'userstore')?.toUpperCase(), mappedAttribute: entry.mappedAttribute }),
  );
  const properties = objectsOf(value.properties).map(({ key, value: text }) =>
    defined({ key, value: text === undefined ? undefined : String(text) }),
  );
  return defined({
    ...pick(value, FIELDS),
    dataType: value.dataType === 'data_time' ? 'date_time' : value.dataType,
    attributeMapping: sortedBy(mapping, (entry) => filledText(entry, 'userstore') ?? ''),
    properties: sortedBy(properties, (property) => filledText(property, 'key') ?? ''),
    subAttributes: sortedBy(filledTexts(value.subAttributes), (text) => text),
    profiles: normaliseProfiles(objectOf(value.profiles)),
  });
}

function normaliseProfiles(profiles: JsonObject | undefined): JsonObject | undefined {
  const entries = Object.entries(profiles ?? {}).map(([name, profile]): [string, Json] => [
    name,
    pick(objectOf(profile), ['required', 'readOnly', 'supportedByDefault']),
  ]);
  return profiles && Object.fromEntries(sortedBy(entries, ([name]) => name));
}

/** CMT-60006, CMT-60005 and CMT-50030 (reference, 2.3.3). */
function checkLocalClaim(value: JsonObject): { path: string; message: string }[] {
  const blank = objectsOf(value.attributeMapping).some(
    (entry) => filledText(entry, 'userstore')?.toUpperCase() === 'PRIMARY' && !filledText(entry, 'mappedAttribute'),
  );
  return blank
    ? [
        {
          path: 'attributeMapping[PRIMARY].mappedAttribute',
          message: 'the attribute of the PRIMARY user store is missing',
        },
      ]
    : [];
}

/**
 * POST and PUT take the whole claim, and PUT resets what is left out (reference, 2.3.2). Sent is what the server shows
 * or what is not the default; what the server has beyond its version goes back as it came; never `id` and `dialectURI`.
 */
function requestBody({ desired, current, version }: Change): JsonObject {
  const entries = FIELDS.map((field): [string, Json | undefined] => [
    field,
    fieldToSend(field, desired, current, version),
  ]);
  return defined(Object.fromEntries(entries));
}

function fieldToSend(
  field: string,
  desired: JsonObject,
  current: JsonObject | undefined,
  version: string,
): Json | undefined {
  const shown = current?.[field] ?? undefined;
  if (fieldsSince.some(({ path, since }) => path === field && compareVersions(version, since) < 0)) return shown;
  const value = desired[field];
  // Up to 5.11 a local claim needs a description (quirk 48).
  if (field === 'description' && compareVersions(version, '6.0') < 0) return value ?? '';
  if (value === undefined) return shown === undefined ? undefined : emptied(shown);
  if (shown === undefined && !isMandatory(field) && value === DEFAULTS[field]) return undefined;
  return field === 'dataType' ? spelledLike(value, shown) : value;
}

const isMandatory = (field: string): boolean => (MANDATORY as readonly string[]).includes(field);

/** Canonical forms have no empty lists and maps, the request says them. */
function emptied(shown: Json): Json | undefined {
  if (Array.isArray(shown)) return [];
  return isObject(shown) ? {} : undefined;
}

/** Some versions spell `date_time` as `data_time`: what is unchanged goes back as it came. */
function spelledLike(value: Json, shown: Json | undefined): Json {
  return value === 'date_time' && shown === 'data_time' ? shown : value;
}
