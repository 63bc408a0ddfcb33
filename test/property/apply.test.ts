import fc from '../fast-check';
import { canonicalise } from '../../src/compare/canonical';
import { artifactText } from '../../src/model/artifact';
import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { parseLists, forEachLeaf } from '../../src/model/lists';
import { formatPath, isWithin, parsePath } from '../../src/model/path';
import { wso2Is } from '../../src/products/wso2-is/product';
import type { DesiredArtifact, DesiredState } from '../../src/workflows/desired';
import { apply, openTestServer, planFor, stateOf } from '../workflows/sandbox-session';
import { files } from './states';

const desired = (artifacts: DesiredArtifact[]): DesiredState => ({ artifacts, problems: [] });

/** What the server must have in the end, fields that it chooses left out. */
function expected(artifacts: readonly DesiredArtifact[]): Record<string, JsonObject> {
  return Object.fromEntries(
    artifacts.map((artifact) => {
      const kind = wso2Is.kinds.find((candidate) => candidate.name === artifact.kind);
      if (!kind) throw new Error(artifact.kind);
      return [artifactText(artifact), canonicalise(kind, artifact.value, '7.1')];
    }),
  );
}

/** The options of a login step in one order: a server groups them by identity provider. */
function sortedOptions(value: JsonObject | undefined): JsonObject {
  const copy = structuredClone(value ?? {});
  const sequence = isObject(copy.authenticationSequence) ? copy.authenticationSequence : {};
  for (const step of Array.isArray(sequence.steps) ? sequence.steps.filter(isObject) : []) {
    if (Array.isArray(step.options)) step.options = sortJson(step.options);
  }
  return copy;
}

const sortJson = (values: Json[]): Json[] =>
  values.toSorted((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));

describe('any two states of a server', () => {
  test('applying the plan from A to B gives B, a second plan is empty, and nothing outside the plan changed', async () => {
    await fc.assert(
      fc.asyncProperty(files, files, async (a, b) => {
        const server = await openTestServer();
        try {
          await succeed(server.session, a);
          const before = await stateOf(server.session);
          const { plan } = await succeed(server.session, b);
          const after = await stateOf(server.session);
          expect(Object.keys(after).sort()).toEqual(b.map(artifactText).sort());
          for (const [name, value] of Object.entries(expected(b))) {
            expect(sortedOptions(after[name])).toMatchObject(sortedOptions(value));
          }
          for (const operation of plan.operations.filter(({ action }) => action === 'update')) {
            const planned = operation.differences.map(({ path }) => parsePath(path));
            const name = artifactText(operation);
            expect(unplanned(operation.kind, after[name], planned)).toEqual(
              unplanned(operation.kind, before[name], planned),
            );
          }
          server.sandbox.journal.clear();
          expect((await planFor(server.session, desired(b), true)).operations).toEqual([]);
          expect(server.sandbox.journal.writes()).toEqual([]);
        } finally {
          await server.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  async function succeed(session: Parameters<typeof apply>[0], artifacts: DesiredArtifact[]) {
    const outcome = await apply(session, desired(artifacts), true);
    expect(outcome.plan.problems).toEqual([]);
    expect(outcome.result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    return outcome;
  }
});

/** Leaves that no planned path touches. */
function unplanned(
  kindName: string,
  value: JsonObject | undefined,
  planned: readonly ReturnType<typeof parsePath>[],
): Record<string, unknown> {
  const kind = wso2Is.kinds.find((candidate) => candidate.name === kindName);
  const leaves: Record<string, unknown> = {};
  forEachLeaf(value ?? {}, parseLists(kind?.lists ?? []), (path, leaf) => {
    if (!planned.some((other) => isWithin(path, other) || isWithin(other, path))) leaves[formatPath(path)] = leaf;
  });
  return leaves;
}
