import { providerFile } from '../../src/sandbox/identity-providers/file-shape';
import type { XmlElement } from '../../src/sandbox/exported-files/xml';
import { classNames } from '../service-provider-files/class-model';

/* The names of elements in files of identity providers, held against the classes that read them (from 7.0 on). */

const FRAMEWORK = '7.8.614';
const classes = classNames[FRAMEWORK];
const suite = classes === undefined ? describe.skip : describe;

/** A class has the members of the one that it extends, too. */
const PARENTS: Readonly<Record<string, string>> = { JustInTimeProvisioningConfig: 'InboundProvisioningConfig' };

/** Members that are called otherwise in files of YAML and JSON, and those of classes that the list of names lacks. */
const ELSEWHERE = new Set([
  'skipJITForLookupFailure',
  'accountLookupAttributeMappings',
  'idpGroupSyncMethod',
  'certificateInfoArray',
]);

interface Member {
  readonly type: string;
  readonly names?: Readonly<Record<string, string>>;
}

function membersOf(name: string): Readonly<Record<string, Member>> {
  const parent = PARENTS[name];
  return {
    ...(parent === undefined ? {} : membersOf(parent)),
    ...(classes?.[name] as Record<string, Member> | undefined),
  };
}

/** A member by its property; `is` of a flag is part of some fields' names only. */
function memberOf(name: string, property: string): Member | undefined {
  const members = membersOf(name);
  return members[property] ?? members[`is${property.charAt(0).toUpperCase()}${property.slice(1)}`];
}

/** The elements of a class as the sandbox writes them that are not those of the product. */
function wrongNames(element: XmlElement, name: string): string[] {
  return Object.entries(element.fields ?? {}).flatMap(([property, child]): string[] => {
    const member = memberOf(name, property);
    const isPlain = Object.keys(membersOf(name)).length === 0;
    if (!member)
      return isPlain
        ? wrongPlainName(name, property, child)
        : ELSEWHERE.has(property)
          ? []
          : [`${name}.${property} is in no class`];
    const expected = member.names?.['XmlElementWrapper'] ?? member.names?.['XmlElement'] ?? property;
    const item = member.names?.['XmlElementWrapper'] === undefined ? undefined : member.names['XmlElement'];
    const wrong =
      child.name === expected && child.item === item ? [] : [`${name}.${property}: ${child.name}, not ${expected}`];
    const below = member.type.replace('[]', '');
    return [...wrong, ...(classes?.[below] ? wrongNames(child, below) : [])];
  });
}

function wrongPlainName(name: string, property: string, { name: element }: XmlElement): string[] {
  return element === property ? [] : [`${name}.${property}: ${element}, not ${property}`];
}

suite('files of identity providers', () => {
  test(`have the names of the product's classes (application.common ${FRAMEWORK})`, () => {
    expect(wrongNames(providerFile.xml, 'IdentityProvider')).toEqual([]);
  });

  test('a name that is no longer that of the class is noticed', () => {
    const { fields = {} } = providerFile.xml;
    const renamed = { ...providerFile.xml, fields: { ...fields, alias: { name: 'alias' } } };
    expect(wrongNames(renamed, 'IdentityProvider')).toEqual(['IdentityProvider.alias: alias, not Alias']);
  });
});
