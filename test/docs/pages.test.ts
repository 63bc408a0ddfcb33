import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { wso2Is } from '../../src/products/wso2-is/product';
import { COMMAND_SCHEMAS } from '../../src/cli/command-schemas';
import { SCHEMAS } from '../../src/reports/schema';
import { rules } from '../../src/rules/rules';
import { codeSpans, PAGES, pageText, proseOf, ROOT, sectionOf } from './pages';

/** Anchors as GitHub makes them. */
function anchorsOf(file: string): Set<string> {
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe.each(PAGES)('%s', (page) => {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

  test('links to what exists', () => {
    const broken = links
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const location = file === '' ? path.join(ROOT, page) : path.resolve(ROOT, path.dirname(page), file);
        return !existsSync(location) || (anchor !== undefined && !anchorsOf(location).has(anchor));
      });
    expect(broken).toEqual([]);
  });

  test('names files that exist', () => {
    // Names in capitals stand for any.
    const paths = codeSpans(proseOf(page)).filter(
      (text) => /^(?:artifacts|docs|environments|schemas|src|test)\/\S*$/.test(text) && !/[A-Z]{2}|[*…]/.test(text),
    );
    // A workspace need not have artifacts of every kind.
    const folders = wso2Is.kinds.map(({ folder }) => `artifacts/${folder}/`);
    const named = paths.filter((file) => !folders.includes(file));
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});

interface Manifest {
  readonly commands: Readonly<
    Record<string, { readonly flags: Readonly<Record<string, { helpGroup?: string; char?: string }>> }>
  >;
}

describe('docs/commands.md', () => {
  const page = 'docs/commands.md';
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest;
  const commands = Object.entries(manifest.commands).map(([id, { flags }]) => ({
    id,
    name: id.replace(':', ' '),
    flags,
  }));
  const own = (flags: Manifest['commands'][string]['flags']): string[] =>
    Object.entries(flags)
      .filter(([name, { helpGroup }]) => helpGroup === undefined && !['report', 'full'].includes(name))
      .map(([name]) => name)
      .sort();
  const tableFlags = (markdown: string): string[] =>
    markdown
      .split('\n')
      .filter((line) => /^\| `-/.test(line))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/--([a-z][a-z-]*)/g)].map(([, name = '']) => name))
      .sort();

  test.each(commands)('has exactly the flags of $name', ({ name, flags }) => {
    const section = sectionOf(page, `liftlock ${name}`);
    expect(tableFlags(section ?? 'no such section')).toEqual(own(flags));
    for (const [flag, { char }] of Object.entries(flags)) {
      if (char !== undefined && own(flags).includes(flag)) expect(section).toContain(`\`-${char}\`, \`--${flag}`);
    }
  });

  test('has a section for each command and no other', () => {
    const sections = [...pageText(page).matchAll(/^## liftlock (.+)$/gm)].map(([, name = '']) => name);
    expect(sections.sort()).toEqual(commands.map(({ name }) => name).sort());
  });

  test.each(['GLOBAL', 'SELECTION'])('has the %s flags', (group) => {
    const title = { GLOBAL: 'Global flags', SELECTION: 'Selection' }[group] ?? '';
    const flags = commands.flatMap((command) =>
      Object.entries(command.flags).flatMap(([name, { helpGroup }]) => (helpGroup === group ? [name] : [])),
    );
    expect(tableFlags(sectionOf(page, title) ?? '')).toEqual([...new Set(flags)].sort());
  });

  test('says rightly which commands have selection and reports', () => {
    const having = (flag: string): string[] => commands.filter(({ flags }) => flag in flags).map(({ name }) => name);
    const selecting = codeSpans((sectionOf(page, 'Selection') ?? '').trim().split(' work on ')[0] ?? '');
    expect(selecting.sort()).toEqual(having('only').sort());
    const without = /All commands but (.+?) have both flags/.exec(sectionOf(page, 'Reports') ?? '')?.[1] ?? '';
    const all = commands.map(({ name }) => name);
    expect(codeSpans(without).sort()).toEqual(all.filter((name) => !having('report').includes(name)).sort());
  });

  test('mentions no flag that does not exist', () => {
    const known = new Set(commands.flatMap(({ flags }) => Object.keys(flags)).concat('help'));
    const mentioned = PAGES.flatMap((each) => codeSpans(proseOf(each)))
      .filter((text) => /^(?:-\w`, `)?--|^(?:npx )?liftlock |^(?:plan|apply|drift|export|sandbox start) --/.test(text))
      .flatMap((text) => [...text.matchAll(/(?<=^|\s)--([a-z][a-z-]*)/g)].map(([, name = '']) => name));
    expect(mentioned.filter((name) => !known.has(name))).toEqual([]);
  });

  test('names every schema of a JSON document', () => {
    const named = pageText(page).matchAll(/schemas\/([a-z-]+)\.schema\.json/g);
    const documents = [...Object.keys(SCHEMAS), ...Object.keys(COMMAND_SCHEMAS)];
    expect([...new Set([...named].map(([, name = '']) => name))].sort()).toEqual(documents.sort());
  });

  test('names every rule of lint', () => {
    const section = sectionOf(page, 'liftlock lint') ?? '';
    for (const { id } of rules) expect(section).toContain(`\`${id}\``);
  });
});

test('docs/security.md names exactly the scopes that are asked for', () => {
  const { read, write } = wso2Is.scopes('999');
  const named = (heading: string): string[] =>
    [
      ...((sectionOf('docs/security.md', 'Scopes') ?? '')
        .split(heading)[1]
        ?.split('\n\n')[0]
        ?.matchAll(/internal_\w+/g) ?? []),
    ]
      .map(([scope]) => scope)
      .sort();
  expect(named('| read | from version |')).toEqual([...read].sort());
  expect(named('| write | from version |')).toEqual([...write].sort());
});
