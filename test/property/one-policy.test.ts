import fc from '../fast-check';
import { canonicalise } from '../../src/compare/canonical';
import { compareCanonical, secretTest } from '../../src/compare/differences';
import { artifactText } from '../../src/model/artifact';
import type { JsonObject } from '../../src/model/json';
import { forEachLeaf, parseLists } from '../../src/model/lists';
import { formatPath, type Path } from '../../src/model/path';
import { accountFor, compareSides, type Side } from '../../src/planning/compare-states';
import type { ProductKind } from '../../src/products/product';
import { wso2Is } from '../../src/products/wso2-is/product';
import type { DesiredArtifact } from '../../src/workflows/desired';
import { findDrift } from '../../src/workflows/drift';
import type { LiveArtifact } from '../../src/workflows/live';
import { settleWithLive } from '../../src/workflows/plan';
import type { Session } from '../../src/workflows/session';
import type { State } from '../../src/workflows/states';
import { files } from './states';

/* Plan, drift and diff look at the same artifact of a server and of the files, and must agree about it. */

const VERSION = '7.1';
const session = {
  environment: 'test',
  kinds: wso2Is.kinds,
  server: { version: VERSION },
  settings: { protect: [], unprotect: [], ignore: [{ artifact: 'application/Shop', path: 'description' }] },
} as unknown as Session;

interface Pair {
  readonly kind: ProductKind;
  readonly live: LiveArtifact;
  readonly desired: DesiredArtifact;
}

/** The artifacts that a server and files both have; some secrets are not known here, and some not shown there. */
const pairs = fc
  .record({ server: files, workspace: files, isSecretKnown: fc.boolean(), isSecretShown: fc.boolean() })
  .map(({ server, workspace, isSecretKnown, isSecretShown }) =>
    server.flatMap((one): Pair[] => {
      const kind = wso2Is.kinds.find(({ name }) => name === one.kind);
      const other = workspace.find((each) => artifactText(each) === artifactText(one));
      if (!kind || !other) return [];
      const live = canonicalise(kind, isSecretShown ? one.value : withoutSecrets(kind, one.value).value, VERSION);
      const known = withoutSecrets(kind, other.value);
      const desired = isSecretKnown ? other : { ...other, value: known.value, unknownSecrets: known.paths };
      const { key } = one;
      return [
        {
          kind,
          desired,
          live: { kind: kind.name, key, id: '1', value: live, current: live, confidential: [], remarks: [] },
        },
      ];
    }),
  );

function withoutSecrets(kind: ProductKind, artifact: JsonObject): { value: JsonObject; paths: string[] } {
  const isSecret = secretTest(kind);
  const paths: string[] = [];
  const hidden = new Set<unknown>();
  forEachLeaf(artifact, parseLists(kind.lists), (path: Path, leaf) => {
    if (!isSecret(path)) return;
    paths.push(formatPath(path));
    hidden.add(leaf);
  });
  const kept = JSON.stringify(artifact, (_, value: unknown) => (hidden.has(value) ? undefined : value));
  return { value: JSON.parse(kept) as JsonObject, paths };
}

/** The paths at which each command says that the files and the server differ. */
function saidBy({ kind, live, desired }: Pair): Record<'plan' | 'drift' | 'diff' | 'reverse diff', string[]> {
  const value = canonicalise(kind, desired.value, VERSION);
  const { ignore } = session.settings;
  const ignored = ignore.filter(({ artifact }) => artifact === artifactText(live)).map(({ path }) => [{ field: path }]);
  const server: Side = { ...live, unknownSecrets: [], fromFiles: false };
  const workspace: Side = { ...desired, value, confidential: [], fromFiles: true };
  const paths = (differences: readonly { path: string }[]): string[] => differences.map(({ path }) => path);
  const state = (artifact: State['artifacts'] extends ReadonlyMap<string, infer A> ? A : never): State => ({
    label: '',
    problems: [],
    artifacts: new Map([[artifactText(artifact), artifact]]),
  });
  const drift = findDrift(session, {
    live: state({ ...live, unknownSecrets: [] }),
    desired: state({ ...desired, value, confidential: [] }),
  });
  return {
    plan: paths(settleWithLive(session, kind, desired, live).differences),
    drift: paths(drift.findings.flatMap(({ differences }) => differences)),
    diff: paths(compareSides(kind, server, workspace, ignored).differences),
    'reverse diff': paths(compareSides(kind, workspace, server, ignored).differences),
  };
}

test('plan, drift and diff name the same differences between a server and the files, secrets known or not', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      for (const pair of all) {
        const said = saidBy(pair);
        expect(said).toEqual({ plan: said.plan, drift: said.plan, diff: said.plan, 'reverse diff': said.plan });
      }
    }),
    { numRuns: 120 },
  );
});

test('of two servers, one that plan or drift would change is never explained away, and nothing is lost in counting', () => {
  fc.assert(
    fc.property(files, files, files, (left, right, workspace) => {
      for (const one of left) {
        const kind = wso2Is.kinds.find(({ name }) => name === one.kind);
        const [other, file] = [right, workspace].map((all) =>
          all.find((each) => artifactText(each) === artifactText(one)),
        );
        if (!kind || !other || !file) continue;
        const side = ({ value, unknownSecrets }: DesiredArtifact, fromFiles: boolean): Side => ({
          value: canonicalise(kind, value, VERSION),
          unknownSecrets,
          confidential: [],
          fromFiles,
        });
        const desired = side(file, true);
        const [a, b] = [side(one, false), side(other, false)];
        const { differences } = compareSides(kind, a, b, []);
        const { shown, byFiles, byServers, notCompared } = accountFor(
          kind,
          differences,
          [],
          { live: a, desired },
          { live: b, desired },
        );
        // No placeholder stands in the files, so none accounts for anything.
        expect([byFiles, notCompared]).toEqual([[], []]);
        expect([...shown, ...byServers].map(({ path }) => path).sort()).toEqual(differences.map(({ path }) => path));
        expect(byServers.filter(({ path }) => !/oidc\.client(?:Id|Secret)$/.test(path))).toEqual([]);
        if (shown.length + byServers.length === 0) expect(compareCanonical(kind, a.value, b.value)).toEqual([]);
      }
    }),
    { numRuns: 120 },
  );
});
