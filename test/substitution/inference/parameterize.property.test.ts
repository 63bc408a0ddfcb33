import fc from '../../fast-check';
import { canonicalise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import type { Json, JsonObject } from '../../../src/model/json';
import type { ProductKind } from '../../../src/products/product';
import { inferGroups } from '../../../src/substitution/inference/groups';
import type { Alignment } from '../../../src/substitution/inference/proposals';
import { rowKey } from '../../../src/substitution/inference/treatment';
import { renderArtifact } from '../../../src/substitution/render';
import { readTemplate } from '../../../src/workspace/artifacts';
import { readEnvironment } from '../../../src/workspace/environment';
import { scopeOf } from '../../../src/workspace/scope';
import { parseYaml } from '../../../src/workspace/yaml';
import type { OpenedWorkspace } from '../../../src/workflows/open-workspace';
import { carryOut } from '../../../src/workflows/parameterize-files';
import type { Source } from '../../../src/workflows/parameterize-sources';
import { shopKind } from '../shop-kind';

const kind = shopKind as ProductKind;
const NAMES = ['dev', 'test', 'preprod', 'prod'];

/** A text that is made of an environment's own words. */
const phrase = fc.array(
  fc.oneof(
    fc.constantFrom('https://HOST', 'HOST', 'ENV', '/cb', ' ', ':', '"', '\n', '{{var:x}}', '\\', 'no', '007', 'é😀'),
    fc.string({ maxLength: 4 }),
  ),
  { maxLength: 6 },
);
const scalar: fc.Arbitrary<Json> = fc.oneof(fc.boolean(), fc.integer(), fc.constantFrom('', 'no', '1e3', '0x1F'));

/** One field in every environment: the same words with its own host, or independent values. */
const field = (count: number): fc.Arbitrary<Json[]> =>
  fc.oneof(
    phrase.map((words) => environments(count).map((name, index) => told(words, name, index))),
    fc.array(
      phrase.map((words) => words.join('')),
      { minLength: count, maxLength: count },
    ),
    fc.array(scalar, { minLength: count, maxLength: count }),
    fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'https://x.example/a', 'c'), { maxLength: 3 }), {
      minLength: count,
      maxLength: count,
    }),
    fc
      .uniqueArray(fc.constantFrom('/cb', '/silent', '/out'), { minLength: 1, maxLength: 3 })
      .map((paths) => environments(count).map((_, index) => paths.map((path) => `https://p${index}.example${path}`))),
  );

function environments(count: number): string[] {
  return NAMES.slice(0, count);
}

function told(words: readonly string[], name: string, index: number): string {
  return words.join('').replaceAll('HOST', `portal.h${index}.example`).replaceAll('ENV', name);
}

/** Shops of `count` environments: fields by name, each with a value for every environment. */
const company = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    shops: fc.array(
      fc.record({
        fields: fc.dictionary(fc.constantFrom('note', 'script', 'mode', 'rank', 'urls', 'stops'), field(count), {
          maxKeys: 5,
        }),
        absent: fc.integer({ min: -3, max: count - 1 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

interface Company {
  readonly environments: string[];
  readonly values: Map<string, (JsonObject | undefined)[]>;
}

function companyOf(input: { count: number; shops: { fields: Record<string, Json[]>; absent: number }[] }): Company {
  const values = new Map<string, (JsonObject | undefined)[]>();
  input.shops.forEach(({ fields, absent }, number) => {
    const name = `Shop ${number}`;
    const own = environments(input.count).map((_, index) => {
      const entries = Object.entries(fields).map(([key, row]): [string, Json] => [key, row[index] ?? null]);
      return index === absent ? undefined : canonicalise(kind, { name, ...Object.fromEntries(entries) }, '7.1');
    });
    values.set(name, own);
  });
  return { environments: environments(input.count), values };
}

function sourceOf({ environments: names, values }: Company, index: number): Source {
  const name = names[index] ?? '';
  const text = `# ${name}\nurl: https://is.example\nvariables: {}\n`;
  const environment = environmentOf(name, text);
  const artifacts = new Map(
    [...values].flatMap(
      ([key, row]): [string, Source['state']['artifacts'] extends ReadonlyMap<string, infer A> ? A : never][] => {
        const value = row[index];
        if (!value) return [];
        return [[`shop/${key}`, { kind: 'shop', key, value, confidential: [], unknownSecrets: [] }]];
      },
    ),
  );
  const rendered = {
    artifacts: [],
    problems: [],
    templates: [],
    elsewhere: [],
    scope: scopeOf(environment),
    secretValues: [],
  };
  return { environment, state: { label: name, artifacts, problems: [] }, rendered };
}

function environmentOf(name: string, text: string): ReturnType<typeof readEnvironment>['environment'] & object {
  const about = { name, file: `environments/${name}.yaml`, text, root: '/' };
  const { environment } = readEnvironment(about, parseYaml(about.file, text).value ?? null);
  if (!environment) throw new Error(`${name} is not valid:\n${text}`);
  return environment;
}

const opened = {
  kinds: [kind],
  workspace: {
    settings: { ignore: [], environments: NAMES },
    settingsFile: { file: 'liftlock.yaml', text: 'product: wso2-is\n' },
  },
} as unknown as OpenedWorkspace;

function alignmentsOf({ values }: Company): Alignment[] {
  return [...values].map(([key, row]) => ({ kind: 'shop', key, kindTable: kind, values: row }));
}

test('whatever the environments have: what is written renders as it was in each of them', () => {
  let written = 0;
  fc.assert(
    fc.property(company, (input) => {
      const all = companyOf(input);
      const sources = all.environments.map((_, index) => sourceOf(all, index));
      const variables = all.environments.map((): JsonObject => ({}));
      const { groups, proposals } = inferGroups({
        environments: all.environments,
        artifacts: alignmentsOf(all),
        variables,
      });
      const accepted = proposals.map(({ id, name }) => ({ id, ...(name === undefined ? {} : { name }) }));
      const outcome = carryOut(opened, sources, groups, accepted);
      expect(outcome.problems).toEqual([]);
      const texts = new Map(outcome.changes.map(({ path, text = '' }) => [path, text]));
      all.environments.forEach((name, index) => {
        const scope = scopeOf(environmentOf(name, texts.get(`environments/${name}.yaml`) ?? ''));
        for (const { key, file } of outcome.files) {
          const expected = all.values.get(key)?.[index];
          if (!expected) continue;
          const { template } = readTemplate(kind, file, texts.get(file) ?? '');
          if (!template) throw new Error(`${file} cannot be read:\n${texts.get(file)}`);
          const value = canonicalise(kind, renderArtifact(kind, template, scope).value, '7.1');
          expect(compareCanonical(kind, expected, value)).toEqual([]);
          written += 1;
        }
      });
    }),
    { numRuns: 300 },
  );
  expect(written).toBeGreaterThan(400);
});

test('two different patterns are never one variable, and one pattern is never two', () => {
  fc.assert(
    fc.property(company, (input) => {
      const all = companyOf(input);
      const variables = all.environments.map((): JsonObject => ({}));
      const { proposals } = inferGroups({ environments: all.environments, artifacts: alignmentsOf(all), variables });
      const found = proposals.filter(({ type, isExisting }) => type === 'variable' && isExisting !== true);
      const names = found.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      const rows = found.map(({ values }) => rowKey(values));
      expect(new Set(rows).size).toBe(rows.length);
    }),
    { numRuns: 300 },
  );
});
