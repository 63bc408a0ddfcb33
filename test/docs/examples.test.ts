import { parse } from 'yaml';
import { canonicalise } from '../../src/compare/canonical';
import type { Json, JsonObject } from '../../src/model/json';
import type { Kind } from '../../src/model/kind';
import { wso2Is } from '../../src/products/wso2-is/product';
import { parameterise } from '../../src/substitution/parameterise';
import { renderArtifact } from '../../src/substitution/render';
import type { Scope } from '../../src/substitution/scope';
import { readTemplate } from '../../src/workspace/artifacts';
import { environmentSchema, readEnvironment } from '../../src/workspace/environment';
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

describe('the examples of docs/substitution.md', () => {
  const blocks = blocksOf('docs/substitution.md').filter(({ info }) => /^yaml \w/.test(info));
  const variables = parse(blocks.find(({ info }) => info === 'yaml variables')?.text ?? '') as JsonObject;
  const scope: Scope = { environment: 'prod', version: '7.1', variables, secrets: new Map(), overrides: {} };
  const examples = blocks
    .map((block, index) => ({ block, next: blocks[index + 1], last: blocks[index + 2] }))
    .filter(({ block }) => block.info === 'yaml file');

  test('are complete', () => {
    expect(examples).toHaveLength(7);
    expect(examples.filter(({ next, last }) => !isPair(next, last))).toEqual([]);
  });

  test.each(examples)('%#', ({ block, next, last }) => {
    const template = templateOf(KIND, 'artifacts/applications/Example.yaml', block.text);
    if (next?.info === 'yaml rendered') {
      const rendered = renderArtifact(KIND, template, scope);
      expect({ value: rendered.value, problems: rendered.problems }).toEqual({ value: parse(next.text), problems: [] });
      return;
    }
    const live = canonicalise(KIND, parse(next?.text ?? '') as JsonObject, '7.1');
    expect(parameterise(template, live, scope, KIND).text).toBe(last?.text);
  });

  function isPair(next: Block | undefined, last: Block | undefined): boolean {
    return next?.info === 'yaml rendered' || (next?.info === 'yaml server' && last?.info === 'yaml exported');
  }
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
