import { wso2Is } from '../../src/products/wso2-is/product';
import { artifactsFromFile } from '../../src/products/wso2-is/files/convert';
import { fileKind } from '../../src/service-provider-files/kinds';
import { readProductFile } from '../../src/service-provider-files/read';
import type { Shape } from '../../src/service-provider-files/shape';
import { classNames, leavesOf, RELEASES, type Leaf } from './class-model';

const releases = RELEASES.filter(({ framework }) => classNames[framework] !== undefined);
const each =
  releases.length > 0
    ? describe.each(releases)
    : describe.skip.each([{ release: '(the list of names is not here)', framework: '' }]);
const KINDS = [
  ['application', 'ServiceProvider'],
  ['identity-provider', 'IdentityProvider'],
] as const;

/** All paths of a shape in its order, those of lists with brackets. */
function pathsOf(shape: Shape, tree: readonly string[] = []): string[] {
  if (shape.type !== 'map') return [tree.join('.')];
  return Object.entries(shape.fields).flatMap(([name, { shape: inner }]) =>
    inner.type === 'list' ? pathsOf(inner.of, [...tree, `${name}[]`]) : pathsOf(inner, [...tree, name]),
  );
}

/** Words that mean something in their place. */
const TEXTS: Readonly<Record<string, string>> = {
  AuthenticationType: 'flow',
  InboundAuthType: 'kerberos',
  AllowedAudience: 'application',
  DefaultAuthenticatorConfig: '',
};

function textFor({ elements, type }: Leaf, index: number): string {
  const name = elements.at(-1) ?? '';
  if (type === 'boolean') return 'true';
  if (type === 'int' || type === 'long') return '7';
  return TEXTS[name] ?? `${name}-${index}`;
}

/** What says the same as something beside it, so that nothing is lost without it. */
const REPEATED: Readonly<Record<string, string>> = {
  StepOrder: 'the order of the steps says it where the numbers do not',
  AuthenticationType: '"flow" is what steps of an application of its own mean',
  InboundConfigurationProtocol: 'its elements depend on the protocol; they have a test of their own',
};

/** A document with a value in every element but the ones left out. Each list has one element. */
function documentOf(leaves: readonly Leaf[], leftOut?: number): string {
  const open: string[] = [];
  const lines: string[] = [];
  const closeTo = (depth: number): void => {
    while (open.length > depth) lines.push(`</${open.pop() ?? ''}>`);
  };
  leaves.forEach((leaf, index) => {
    const outer = leaf.elements.slice(0, -1);
    const shared = outer.findIndex((element, depth) => open[depth] !== element);
    closeTo(shared === -1 ? outer.length : shared);
    for (const element of outer.slice(open.length)) {
      lines.push(`<${element}>`);
      open.push(element);
    }
    const name = leaf.elements.at(-1) ?? '';
    lines.push(`<${name}>${index === leftOut ? '' : textFor(leaf, index)}</${name}>`);
  });
  closeTo(0);
  return lines.join('\n');
}

function converted(text: string): { artifact: string; told: readonly string[] } {
  const file = readProductFile(text, { file: 'generated.xml' });
  const { artifacts, notConverted } = artifactsFromFile(file, wso2Is.kinds, undefined);
  return { artifact: JSON.stringify(artifacts), told: notConverted.map(({ element }) => element) };
}

each('the classes of $release', ({ release, framework }) => {
  const leaves = (kind: (typeof KINDS)[number][0], root: string): Leaf[] =>
    leavesOf(classNames[framework] ?? {}, root, fileKind(kind).shape, release, [root]);

  it.each(KINDS)('have every element of the file of an %s under the name that is written', (kind, root) => {
    const unknown = leaves(kind, root).filter(({ tree }) => tree === undefined);
    expect(leaves(kind, root).length).toBeGreaterThan(60);
    expect(unknown.map(({ elements }) => elements.join('/'))).toEqual([]);
  });

  it.each(KINDS)('have the elements of the file of an %s in the order that is written', (kind, root) => {
    const order = pathsOf(fileKind(kind).shape);
    const found = leaves(kind, root).flatMap(({ tree = '' }) => (order.includes(tree) ? [order.indexOf(tree)] : []));
    expect(found.length).toBeGreaterThan(60);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  it.each(KINDS)('have no element of the file of an %s that is lost in silence', (kind, root) => {
    const all = leaves(kind, root);
    const { artifact, told } = converted(documentOf(all));
    const silent = all.filter(({ tree = '' }, index) => {
      if (Object.hasOwn(REPEATED, all[index]?.elements.at(-1) ?? '')) return false;
      if (tree === 'applicationName' || tree === 'identityProviderName') return false;
      const isTold = told.some(
        (element) => tree === element || tree.startsWith(`${element}.`) || tree.startsWith(`${element}[]`),
      );
      return !isTold && converted(documentOf(all, index)).artifact === artifact;
    });
    expect(silent.map(({ elements }) => elements.join('/'))).toEqual([]);
  });
});
