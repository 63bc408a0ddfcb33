import type { DesiredArtifact } from '../../src/workflows/desired';
import type { Session } from '../../src/workflows/session';
import type { State, StateArtifact } from '../../src/workflows/states';
import { findDrift } from '../../src/workflows/drift';
import { canonicalise } from '../../src/compare/canonical';
import { wso2Is } from '../../src/products/wso2-is/product';

const application = wso2Is.kinds.find((kind) => kind.name === 'application');
if (!application) throw new Error('no application kind');
const kind = application;
const session = {
  environment: 'prod',
  kinds: [kind],
  settings: { protect: [], unprotect: [], ignore: [] },
} as unknown as Session;

const state = (...values: DesiredArtifact['value'][]): State => ({
  label: '',
  problems: [],
  artifacts: new Map(
    values.map((value): [string, StateArtifact] => [
      `application/${String(value.name)}`,
      {
        kind: 'application',
        key: String(value.name),
        value: canonicalise(kind, value, '7.1'),
        unknownSecrets: [],
        confidential: [],
      },
    ]),
  ),
});
const baseline = (...values: DesiredArtifact['value'][]): State & { commit: string } => ({
  ...state(...values),
  commit: 'c0ffee',
});
const summary = (found: ReturnType<typeof findDrift>): string[] =>
  found.findings.map(({ key, presence, class: drift }) => `${key} ${presence} ${drift}`);

describe('drift of whole artifacts', () => {
  const shop = { name: 'Shop' };

  test('on the server and never in the files: unmanaged, whatever was applied', () => {
    const found = findDrift(session, { live: state(shop), desired: state(), baseline: baseline() });
    expect([found.findings, found.unmanaged]).toEqual([[], [{ kind: 'application', key: 'Shop' }]]);
  });
  test('its file deleted after the last apply: pending', () => {
    expect(summary(findDrift(session, { live: state(shop), desired: state(), baseline: baseline(shop) }))).toEqual([
      'Shop missing-in-files pending',
    ]);
  });
  test('taken into the files after the last apply, and different: pending, nobody changed the server', () => {
    const states = { live: state(shop), desired: state({ ...shop, description: 'x' }), baseline: baseline() };
    expect(summary(findDrift(session, states))).toEqual(['Shop changed pending']);
  });
  test('on the server before anything was applied: unmanaged, not drift', () => {
    const found = findDrift(session, { live: state(shop), desired: state() });
    expect([found.findings, found.unmanaged]).toEqual([[], [{ kind: 'application', key: 'Shop' }]]);
  });
  test('deleted on the server: drift', () => {
    expect(summary(findDrift(session, { live: state(), desired: state(shop), baseline: baseline(shop) }))).toEqual([
      'Shop missing-on-server drift',
    ]);
  });
  test('new in the files: pending', () => {
    expect(summary(findDrift(session, { live: state(), desired: state(shop), baseline: baseline() }))).toEqual([
      'Shop missing-on-server pending',
    ]);
  });
  test('a finding has the same id on every run, and another for another field', () => {
    const one = (description: string): string | undefined =>
      findDrift(session, { live: state({ ...shop, description }), desired: state(shop), baseline: baseline(shop) })
        .findings[0]?.id;
    expect(one('x')).toBe(one('y'));
    const other = findDrift(session, {
      live: state({ ...shop, accessUrl: 'https://x.example' }),
      desired: state(shop),
      baseline: baseline(shop),
    });
    expect(other.findings[0]?.id).not.toBe(one('x'));
  });
});
