import { parse } from 'yaml';
import { canonicalise } from '../../src/compare/canonical';
import type { Json, JsonObject } from '../../src/model/json';
import type { Kind } from '../../src/model/kind';
import { wso2Is } from '../../src/products/wso2-is/product';
import { parameterise } from '../../src/substitution/parameterise';
import { renderArtifact } from '../../src/substitution/render';
import { placedProblems } from '../../src/substitution/placed-problems';
import * as library from '../../src/substitution/library';
import type { Problem } from '../../src/model/problem';
import { readTemplate } from '../../src/workspace/artifacts';
import { readProposals } from '../../src/workspace/proposal-file';
import {
  environmentSchema,
  readEnvironment,
  type Environment,
  type SharedValues,
} from '../../src/workspace/environment';
import { scopeOf } from '../../src/workspace/scope';
import { settingsProblems, settingsSchema } from '../../src/workspace/settings';
import type { Template } from '../../src/workspace/template';
import { blocksOf, codeSpans, PAGES, pageText, type Block } from './pages';

const KIND = kindOf('applications');

function kindOf(folder: string): Kind {
  const kind = wso2Is.kinds.find((candidate) => candidate.folder === folder);
  if (!kind) throw new Error(`no kind has the folder ${folder}`);
  return kind;
}

function templateOf(kind: Kind, file: string, text: string): Template {
  const { template, problems } = readTemplate(kind, file, text);
  if (!template) throw new Error(`${file}: ${problems.map(({ message }) => message).join(', ')}`);
  return template;
}

/** The blocks of one example, by what stands behind `yaml` or `text`. */
type Example = Readonly<Record<string, string>>;

/** What an example ends with. */
const RESULTS = ['rendered', 'mistakes', 'exported', 'warnings'];

function examplesOf(blocks: readonly Block[]): Example[] {
  const examples: Record<string, string>[] = [];
  let current: Record<string, string> = {};
  for (const { info, text } of blocks) {
    const [, name = ''] = info.split(' ');
    const last = examples.at(-1);
    if (name === 'warnings' && last) last[name] = text;
    else current[name] = text;
    if (!RESULTS.includes(name) || name === 'warnings') continue;
    examples.push(current);
    current = {};
  }
  expect(current).toEqual({});
  return examples;
}

describe('the examples of docs/substitution.md', () => {
  const all = blocksOf('docs/substitution.md');
  const common = parse(all.find(({ info }) => info === 'yaml variables')?.text ?? '') as JsonObject;
  const blocks = all.filter(({ info }) => /^(?:yaml|text) \w/.test(info) && !/variables|printed/.test(info));
  const examples = examplesOf(blocks);

  /** The environment `prod` of an example, with the values of the page where it has none of its own. */
  function environmentOf({ settings, environment }: Example): Environment {
    const text = environment ?? `url: https://is.example.com\nvariables: ${JSON.stringify(common)}\n`;
    const about = { name: 'prod', file: 'environment', text, root: '/' };
    const read = readEnvironment(about, parse(text) as Json);
    if (!read.environment) throw new Error(read.problems.map(({ message }) => message).join());
    if (settings === undefined) return read.environment;
    const { variables, artifacts } = settingsSchema.parse(parse(settings)) as unknown as SharedValues;
    return { ...read.environment, shared: { file: 'settings', text: settings, variables, artifacts } };
  }

  const shown = ({ place, message }: Problem): string => `${place?.line}:${place?.column} ${message}\n`;

  test('are many, and complete', () => {
    expect(examples.length).toBeGreaterThan(14);
    expect(
      examples.filter(({ file, server, exported }) => !file || (server === undefined) !== (exported === undefined)),
    ).toEqual([]);
  });

  test.each(examples)('%#', (example) => {
    const template = templateOf(KIND, 'artifact', example.file ?? '');
    const environment = environmentOf(example);
    const scope = scopeOf(environment);
    const rendered = renderArtifact(KIND, template, scope);
    if (example.exported === undefined) {
      const problems = placedProblems(rendered.problems, template, environment);
      const told = problems.map((problem) => `${problem.place?.file}:${shown(problem)}`).join('');
      expect(told).toBe(example.mistakes ?? '');
      if (example.rendered !== undefined) expect(rendered.value).toEqual(parse(example.rendered));
      return;
    }
    const live = canonicalise(KIND, parse(example.server ?? '') as JsonObject, '7.1');
    const { text, problems } = parameterise(template, live, scope, KIND);
    expect(text).toBe(example.exported);
    expect(problems.map(shown).join('')).toBe(example.warnings ?? '');
  });

  test('of a reviewed file of proposals can be read', () => {
    const shown = all.find(({ text }) => text.startsWith('# in proposals.yaml'))?.text ?? '';
    expect(readProposals('proposals.yaml', shown).accepted).toEqual([{ id: 'f87e22d6', name: 'timetableUrls' }]);
  });

  test('of the library print what they say', () => {
    const program = all.find(({ info }) => info === 'js')?.text ?? '';
    const [, names = '', body = ''] =
      /^import \{ (.*) \} from 'liftlock\/substitution';\n([\s\S]*)$/.exec(program) ?? [];
    const printed: string[] = [];
    const console = { log: (value: unknown) => printed.push(`${JSON.stringify(value)}\n`) };
    const exported = names.split(', ').map((name) => library[name as keyof typeof library]);
    // The page's own program, as a reader would run it.
    new Function(...names.split(', '), 'console', body)(...exported, console);
    expect(printed.join('')).toBe(all.find(({ info }) => info === 'text printed')?.text);
  });
});

describe('files shown in the pages', () => {
  const files = PAGES.flatMap((page) =>
    blocksOf(page)
      .filter(({ info }) => info === 'yaml')
      .flatMap(({ text }) => text.split(/^(?=# (?:liftlock\.yaml|environments\/|artifacts\/))/m))
      .flatMap((text) => {
        const file = /^# ((?:liftlock|environments\/|artifacts\/).*\.yaml)$/m.exec(text)?.[1];
        return file === undefined ? [] : [{ page, file, text }];
      }),
  );

  test.each(files)('$page: $file', ({ page, file, text }) => {
    const value = parse(text) as Json;
    if (file === 'liftlock.yaml') {
      const kinds = wso2Is.kinds.map(({ name }) => name);
      const settings = settingsSchema.parse(value);
      expect(settingsProblems({ file, text }, settings, { products: ['wso2-is'], kinds })).toEqual([]);
    } else if (file.startsWith('environments/')) {
      // The README shows only what it is about.
      const whole = page === 'README.md' ? { url: 'https://is.example.com', ...(value as JsonObject) } : value;
      expect(readEnvironment({ name: 'prod', file, text, root: '/' }, whole).problems).toEqual([]);
    } else if (page !== 'README.md') {
      expect(templateOf(kindOf(file.split('/')[1] ?? ''), file, text).key).not.toBe('');
    }
  });

  test('docs/files.md explains every field of liftlock.yaml and of environments', () => {
    const spans = new Set(codeSpans(pageText('docs/files.md')));
    const fields = [...Object.keys(settingsSchema.shape), ...Object.keys(environmentSchema.shape)];
    const isExplained = (field: string): boolean =>
      [...spans].some((span) => span === field || span.startsWith(`${field}.`));
    expect(fields.filter((field) => !isExplained(field))).toEqual([]);
  });
});
