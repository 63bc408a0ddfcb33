import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { loadTemplates, readTemplate } from '../../src/workspace/artifacts';
import { workTree } from '../../src/workspace/work-tree';
import { shopKind } from '../substitution/shop-kind';
import { removeFolders, shown, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

const portKind = { ...shopKind, name: 'port', folder: 'ports', keyFields: ['dialect', 'uri'] };
const load = (files: Record<string, string | Buffer>, kinds = [shopKind, portKind], all = kinds) =>
  loadTemplates(workTree(temporaryFolder(files)), kinds, all);

test('reads the files of all kinds, whatever they are called; passes over what is no artifact', async () => {
  const { templates, problems } = await load({
    'artifacts/ports/x.yml': 'dialect: d\nuri: u v\n',
    'artifacts/shops/b.yaml': 'name: "{{user}} \\\\{{var:x}}"\n',
    'artifacts/shops/nested/a.yaml': 'name: A\n',
    'artifacts/shops/README.md': '# hello',
    'artifacts/shops/.gitkeep': '',
    'artifacts/README.md': 'hello',
  });
  expect(problems).toEqual([]);
  expect(templates.map(({ kind, key, file }) => [kind, key, file])).toEqual([
    ['shop', '{{user}} {{var:x}}', 'artifacts/shops/b.yaml'],
    ['shop', 'A', 'artifacts/shops/nested/a.yaml'],
    ['port', 'd u v', 'artifacts/ports/x.yml'],
  ]);
  expect(templates[1]?.value).toEqual({ name: 'A' });
});

test('a link to artifacts elsewhere is an error: they would seem to be removed', async () => {
  const outside = temporaryFolder({ 'b.yaml': 'name: B\n' });
  const root = temporaryFolder({ 'artifacts/shops/a.yaml': 'name: A\n' });
  symlinkSync(outside, path.join(root, 'artifacts/ports'));
  symlinkSync(path.join(outside, 'b.yaml'), path.join(root, 'artifacts/shops/b.yaml'));
  symlinkSync(path.join(outside, 'b.yaml'), path.join(root, 'artifacts/README.md'));
  const { problems } = await loadTemplates(workTree(root), [shopKind, portKind]);
  expect(problems.map(shown)).toEqual([
    expect.stringMatching(/^link-not-followed artifacts\/ports /),
    expect.stringMatching(/^link-not-followed artifacts\/shops\/b\.yaml /),
  ]);
});

test('no artifacts folder is no artifacts', async () => {
  expect(await load({})).toEqual({ templates: [], problems: [] });
});

test('folders of no kind are warnings; folders of kinds that are not in use are passed over', async () => {
  const files = {
    'artifacts/shop/a.yaml': 'name: A\n',
    'artifacts/ports/p.yaml': '[',
    'artifacts/loose.yaml': 'name: A\n',
    'artifacts/zzzzzzzz/a.yaml': '',
  };
  const { templates, problems } = await load(files, [shopKind], [shopKind, portKind]);
  expect(templates).toEqual([]);
  expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning']);
  expect(problems.map(shown)).toEqual([
    'unknown-kind artifacts/loose.yaml Move it to the folder of its kind: shops, ports.',
    'unknown-kind artifacts/shop/a.yaml Did you mean "shops"?',
    'unknown-kind artifacts/zzzzzzzz/a.yaml Folders: shops, ports.',
  ]);
});

test.each([
  ['', 'wrong-type f.yaml:1:1'],
  ['- a\n', 'wrong-type f.yaml:1:1'],
  ['name: [a\n', 'malformed-yaml f.yaml:2:1'],
  ['note: x\n', 'missing-key f.yaml:1:1 Add "name"'],
  ['note: x\nnam: y\n', 'missing-key f.yaml:2:1 Did you mean "name" instead of "nam"?'],
  ['name: ""\n', 'missing-key f.yaml:1:1'],
  ['name:\n', 'missing-key f.yaml:1:1'],
  ['name: 1\n', 'wrong-type f.yaml:1:7 Write it in quotes.'],
  ['name: {a: 1}\n', 'wrong-type f.yaml:1:7'],
  ['name: a {{var:x}}\n', 'templated-key f.yaml:1:7'],
])('%j is refused', (text, expected) => {
  const { template, problems } = readTemplate(shopKind, 'f.yaml', text);
  expect(template).toBeUndefined();
  expect(problems.map(shown).join('\n')).toContain(expected);
});

test('two files with one key are named both', async () => {
  const { problems } = await load({ 'artifacts/shops/a.yaml': 'name: S\n', 'artifacts/shops/b.yaml': 'name: S\n' });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({
    code: 'duplicate-key',
    artifact: 'shop/S',
    place: { file: 'artifacts/shops/b.yaml' },
  });
  expect(problems[0]?.message).toContain('artifacts/shops/a.yaml and artifacts/shops/b.yaml');
});

test('a file in another encoding is refused with its place, and does not hide the mistakes of others', async () => {
  const { templates, problems } = await load({
    'artifacts/shops/a.yaml': Buffer.from('name: A\nnote: Fähre\n', 'latin1'),
    'artifacts/shops/b.yaml': Buffer.from('\uFEFFname: B\n', 'utf16le'),
    'artifacts/shops/c.yaml': 'name: [\n',
    'artifacts/shops/d.yaml': 'name: Fähre \uFFFD\n',
  });
  expect(templates.map(({ key }) => key)).toEqual(['Fähre \uFFFD']);
  expect(problems.map(shown)).toEqual([
    'not-utf8 artifacts/shops/a.yaml:2:8 Save it as UTF-8 in your editor.',
    'not-utf8 artifacts/shops/b.yaml:1:1 Save it as UTF-8 in your editor.',
    expect.stringContaining('malformed-yaml artifacts/shops/c.yaml'),
  ]);
});

test('all mistakes of all files are shown at once', async () => {
  const { problems, templates } = await load({
    'artifacts/shops/a.yaml': 'name: [\n',
    'artifacts/shops/b.yaml': 'nme: x\n',
    'artifacts/shops/c.yaml': 'name: C\n',
  });
  expect(problems.map(({ code }) => code)).toEqual(['malformed-yaml', 'missing-key']);
  expect(templates.map(({ key }) => key)).toEqual(['C']);
});
