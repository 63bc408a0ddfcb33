import fc from '../fast-check';
import { canonicalise, minimise } from '../../src/compare/canonical';
import { compareCanonical, secretTest } from '../../src/compare/differences';
import type { JsonObject } from '../../src/model/json';
import { forEachLeaf, parseLists } from '../../src/model/lists';
import { formatPath } from '../../src/model/path';
import type { ProductKind } from '../../src/products/product';
import { wso2Is } from '../../src/products/wso2-is/product';
import { parameterise } from '../../src/substitution/parameterise';
import { renderArtifact, secretNames } from '../../src/substitution/render';
import type { Scope } from '../../src/substitution/scope';
import { readTemplate } from '../../src/workspace/artifacts';
import type { DesiredArtifact } from '../../src/workflows/desired';
import { files } from './states';

const VERSION = '7.1';
const scope: Scope = { environment: 'test', version: VERSION, variables: {}, secrets: new Map(), overrides: {} };

function kindOf(artifact: DesiredArtifact): ProductKind {
  const kind = wso2Is.kinds.find((candidate) => candidate.name === artifact.kind);
  if (!kind) throw new Error(`no kind ${artifact.kind}`);
  return kind;
}

/** The values of the secrets in a canonical artifact. */
function secretsOf(kind: ProductKind, value: JsonObject): string[] {
  const isSecret = secretTest(kind);
  const found: string[] = [];
  forEachLeaf(value, parseLists(kind.lists), (path, leaf) => {
    if (isSecret(path) && typeof leaf === 'string') found.push(leaf);
  });
  return found;
}

describe('any artifact of any kind', () => {
  test('exported to a file and rendered again, it is what it was, secrets aside; the file holds none of them', () => {
    fc.assert(
      fc.property(files, (artifacts) => {
        for (const artifact of artifacts) {
          const kind = kindOf(artifact);
          const live = canonicalise(kind, artifact.value, VERSION);
          const { text, problems } = parameterise(undefined, minimise(kind, live, VERSION), scope, kind);
          expect(problems).toEqual([]);
          for (const secret of secretsOf(kind, live)) expect(text).not.toContain(secret);
          const { template } = readTemplate(kind, 'artifact.yaml', text);
          if (!template) throw new Error(text);
          const secrets = new Map(
            [...secretNames(template.value)].map((name) => [name, secretsOf(kind, live)[0] ?? '']),
          );
          const rendered = renderArtifact(kind, template, { ...scope, secrets });
          expect(compareCanonical(kind, live, canonicalise(kind, rendered.value, VERSION))).toEqual([]);
          expect(parameterise(template, live, { ...scope, secrets }, kind).text).toBe(text);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('it is compared in both directions alike, and in silence with lists turned round and defaults spelt out', () => {
    fc.assert(
      fc.property(files, files, (left, right) => {
        for (const artifact of left) {
          const kind = kindOf(artifact);
          const value = canonicalise(kind, artifact.value, VERSION);
          const turned = canonicalise(kind, reversed(kind, value), VERSION);
          expect(compareCanonical(kind, value, turned)).toEqual([]);
          const other = right.find((candidate) => candidate.kind === artifact.kind && candidate.key === artifact.key);
          if (!other) continue;
          const there = canonicalise(kind, other.value, VERSION);
          const paths = (from: JsonObject, to: JsonObject): string[] =>
            compareCanonical(kind, from, to).map(({ path }) => path);
          expect(paths(value, there)).toEqual(paths(there, value));
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Every list without order of its own, back to front. */
function reversed(kind: ProductKind, value: JsonObject): JsonObject {
  const unordered = new Set(kind.lists.filter((rule) => !rule.ordered).map((rule) => rule.path));
  const turn = (node: unknown, at: string): unknown => {
    if (Array.isArray(node)) {
      const items = node.map((item) => turn(item, `${at}[]`));
      return unordered.has(at) ? items.reverse() : items;
    }
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([field, inner]) => [
        field,
        turn(inner, at === '' ? formatPath([{ field }]) : `${at}.${field}`),
      ]),
    );
  };
  return turn(value, '') as JsonObject;
}
