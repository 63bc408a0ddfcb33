import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Field, MapShape, Shape } from '../../src/service-provider-files/shape';
import { inVersions } from '../../src/model/kind';

/** What the annotations of a field of the product's classes say. */
interface Annotated {
  readonly type: string;
  readonly ann: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
}
type Classes = Readonly<Record<string, Readonly<Record<string, Annotated>>>>;

const named = (type: string, name: string, wrapper?: string): Annotated => ({
  type,
  ann: [],
  names: { XmlElement: name, ...(wrapper === undefined ? {} : { XmlElementWrapper: wrapper }) },
});
const texts = (...names: string[]): Record<string, Annotated> =>
  Object.fromEntries(names.map((name) => [name, named('String', name)]));

/**
 * Classes that the list leaves out, read from the same jars with `javap -v`. Those without annotations
 * (ProvisioningConnectorConfig, IdentityProviderProperty) are bound by their properties in the order of the alphabet.
 */
const OTHERS: Classes = {
  ProvisioningConnectorConfig: {
    blocking: named('boolean', 'blocking'),
    enabled: named('boolean', 'enabled'),
    name: named('String', 'name'),
    provisioningProperties: named('Property[]', 'provisioningProperties'),
    rulesEnabled: named('boolean', 'rulesEnabled'),
  },
  SubProperty: {
    ...texts('Name', 'Value'),
    isConfidential: named('boolean', 'IsConfidential'),
    ...texts('DefaultValue', 'DisplayName'),
    required: named('boolean', 'Required'),
    description: named('String', 'DefaultValue'),
    ...texts('Type'),
    displayOrder: named('int', 'DisplayOrder'),
    isAdvanced: named('boolean', 'IsAdvanced'),
    ...texts('Regex'),
    options: named('String[]', 'Option', 'Options'),
  },
  IdPGroup: texts('IdpGroup'),
  IdentityProviderProperty: texts('displayName', 'name', 'value'),
  FederatedAssociationConfig: {
    isEnabled: named('boolean', 'IsEnabled'),
    lookupAttributes: named('String[]', 'LookupAttributes'),
  },
  AccountLookupAttributeMappingConfig: texts('localAttribute', 'federatedAttribute'),
  DiscoverableGroup: { ...texts('UserStore'), groups: named('GroupBasicInfo[]', 'Group', 'Groups') },
  GroupBasicInfo: texts('ID', 'Name'),
  AssociatedRolesConfig: {
    ...texts('AllowedAudience'),
    roles: named('RoleV2[]', 'AssociatedRole', 'AssociatedRoles'),
  },
  RoleV2: texts('Id', 'Name'),
  ClientAttestationMetaData: {
    isAttestationEnabled: named('boolean', 'IsAttestationEnabled'),
    ...texts('AndroidPackageName', 'AndroidAttestationServiceCredentials', 'AppleAppId'),
  },
  SpTrustedAppMetadata: {
    ...texts('AndroidPackageName'),
    androidThumbprints: named('String[]', 'AndroidThumbprints'),
    ...texts('AppleAppId'),
    isFidoTrusted: named('boolean', 'IsFidoTrusted'),
    isConsentGranted: named('boolean', 'IsConsentGranted'),
  },
};

const FILE = path.resolve(__dirname, '../../../shared/wso2-real/jaxb-names.json');

/** Names that were read out of the product's classes, where they are at hand. */
export const classNames: Readonly<Record<string, Classes>> = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Classes>)
  : {};

/** Which release has the classes of which version of the framework. */
export const RELEASES = [
  { release: '5.11', framework: '5.18.187' },
  { release: '6.1', framework: '5.25.92' },
  { release: '7.2', framework: '7.8.614' },
] as const;

/** An element of the product's files that holds a value, and where our tree has it. */
export interface Leaf {
  /** Names of elements from the root on; the same again for an element of a list. */
  readonly elements: readonly string[];
  /** Fields of the tree; undefined where no shape knows the element. */
  readonly tree: string | undefined;
  readonly type: string;
}

/** Classes that take over the elements of another one. */
const PARENTS: Readonly<Record<string, string>> = {
  RequestPathAuthenticatorConfig: 'LocalAuthenticatorConfig',
  JustInTimeProvisioningConfig: 'InboundProvisioningConfig',
};

/** Two fields that the list of names shows as one. */
const SPLIT: Readonly<Record<string, readonly (readonly [string, Annotated])[]>> = {
  'JustInTimeProvisioningConfig.skipJITOnAttrAccLookUpFailureEnabled': [
    ['skip', { type: 'boolean', ann: [], names: { XmlElement: 'EnableSkipJITOnAttributeLookUpFailure' } }],
    [
      'mappings',
      {
        type: 'AccountLookupAttributeMappingConfig[]',
        ann: [],
        names: {
          XmlElementWrapper: 'AccountLookupAttributeMappingConfigs',
          XmlElement: 'AccountLookupAttributeMappingConfig',
        },
      },
    ],
  ],
};

function classOf(classes: Classes, name: string): Classes[string] | undefined {
  return OTHERS[name] ?? classes[name];
}

function fieldsOf(classes: Classes, name: string): (readonly [string, Annotated])[] {
  const own = Object.entries(classOf(classes, name) ?? {}).flatMap(
    ([field, annotated]): readonly (readonly [string, Annotated])[] =>
      SPLIT[`${name}.${field}`] ?? [[`${name}.${field}`, annotated]],
  );
  const parent = PARENTS[name];
  return [...(parent === undefined ? [] : fieldsOf(classes, parent)), ...own];
}

/** Every element of a class and of the classes in it, in the order of the class, with its place in our shapes. */
export function leavesOf(
  classes: Classes,
  name: string,
  shape: Shape | undefined,
  release: string,
  elements: readonly string[],
  tree: readonly string[] = [],
): Leaf[] {
  const here = fieldsOf(classes, name).filter(([, { names }]) => names?.['XmlElement'] !== undefined);
  return here.flatMap(([, { type, names = {} }], index): Leaf[] => {
    const item = names['XmlElement'] ?? '';
    const outer = names['XmlElementWrapper'] ?? item;
    const isSecond = here.slice(0, index).some(([, other]) => other.names?.['XmlElement'] === item);
    const [field, known] =
      shape?.type === 'map' ? fieldCalled(shape, outer, release, isSecond) : [undefined, undefined];
    const isList = type.endsWith('[]');
    const inner = isList && known?.shape.type === 'list' ? known.shape.of : known?.shape;
    const isRight =
      !isList || known?.shape.type !== 'list' || (known.shape.flat ? outer === item : known.shape.item === item);
    const place = [...elements, outer, ...(outer === item ? [] : [item])];
    const inTree = field === undefined || !isRight ? undefined : [...tree, isList ? `${field}[]` : field];
    const bare = type.replace('[]', '');
    if (fieldsOf(classes, bare).length > 0)
      return leavesOf(classes, bare, inTree ? inner : undefined, release, place, inTree ?? []);
    return [{ elements: place, tree: inTree?.join('.'), type: bare }];
  });
}

function fieldCalled(
  shape: MapShape,
  xml: string,
  release: string,
  isSecond: boolean,
): [string | undefined, Field | undefined] {
  const all = Object.entries(shape.fields).filter(
    ([, field]) => field.xml === xml && (field.since === undefined || inVersions(release, { since: field.since })),
  );
  return all[isSecond ? 1 : 0] ?? [undefined, undefined];
}
