import type { JsonObject } from '../../src/model/json';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox';
import { driftOf } from '../../src/workflows/drift-job';
import { withEnvironment } from '../../src/workflows/environment-job';
import { exportEnvironment } from '../../src/workflows/export-job';
import { makePlan } from '../../src/workflows/plan';
import { application, oidc } from '../e2e/small-company';
import { filesOf, removeFolders } from '../workspace/temporary-folder';
import { applicationWorkspace, jobRequest } from './application-workspace';

/* Servers list what they have in an order of their own: nothing that Liftlock says or writes may follow it. */

const NAMES = ['Mole', 'Aft', 'Quay', 'Ferry', 'Bow', 'Stern'];
const ELSEWHERE = {
  environments: ['dev', 'prod'],
  artifacts: { 'application/Mole': { only: ['prod'] }, 'application/Bow': { only: ['prod'] } },
};
const PROTECTED = { protect: ['application/Quay', 'application/Aft'] };
const FILES = {
  'artifacts/applications/Quay.yaml': 'name: Quay\ndescription: Changed\n',
  'artifacts/applications/Aft.yaml': 'name: Aft\ndescription: Changed\n',
  'artifacts/applications/Gone.yaml': 'name: Gone\n',
};

const running: RunningSandbox[] = [];
afterAll(async () => {
  for (const sandbox of running) await sandbox.close();
  removeFolders();
});

/** A workspace for a server that has the applications in this order. */
async function opened(
  names: readonly string[],
  settings: JsonObject,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const requests = names.map((name) => application(name, oidc(name.toLowerCase(), `no-secret-${name}`)));
  const sandbox = await startSandbox({ port: 0, seed: { random: 5, requests } });
  running.push(sandbox);
  return applicationWorkspace(sandbox.url, files, settings);
}

const artifacts = (root: string): [string, string][] =>
  Object.entries(filesOf(root)).filter(([file]) => file.startsWith('artifacts/'));

test('an export writes the same files and tells them in the same order', async () => {
  const [one, other] = [await opened(NAMES, ELSEWHERE), await opened([...NAMES].reverse(), ELSEWHERE)];
  const options = { commit: false, prune: false };
  const first = await exportEnvironment(jobRequest(one), options);
  expect(first.files.map(({ key }) => key)).toEqual(['Aft', 'Ferry', 'Quay', 'Stern']);
  expect(first.skipped.map(({ key }) => key)).toEqual(['Bow', 'Mole']);
  expect(await exportEnvironment(jobRequest(other), options)).toEqual(first);
  expect(artifacts(other)).toEqual(artifacts(one));
  expect(artifacts(one)).toHaveLength(4);
});

test.each([false, true])('a plan is the same, with --prune (%s) or without', async (prune) => {
  const plans = [];
  for (const names of [NAMES, [...NAMES].reverse()]) {
    const root = await opened(names, PROTECTED, FILES);
    const plan = await withEnvironment(jobRequest(root), ({ session, desired }) =>
      makePlan(session, desired, { selection: {}, prune }),
    );
    plans.push({ ...plan, operations: plan.operations.map((operation) => ({ ...operation, fingerprint: {} })) });
  }
  const [first, second] = plans;
  expect(first?.skipped.map(({ key }) => key)).toEqual(['Aft', 'Quay']);
  expect(first?.unmanaged.map(({ key }) => key)).toEqual(prune ? [] : ['Bow', 'Ferry', 'Mole', 'Stern']);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});

test('drift is told in the same order', async () => {
  const reports = [];
  for (const names of [NAMES, [...NAMES].reverse()]) {
    const { folder, selection, surroundings } = jobRequest(await opened(names, {}, FILES));
    reports.push(await driftOf({ folder, selection, surroundings }, ['dev']));
  }
  const [first, second] = reports;
  expect(first?.environments[0]?.findings.map(({ key }) => key)).toEqual(['Aft', 'Gone', 'Quay']);
  expect(first?.environments[0]?.unmanaged.map(({ key }) => key)).toEqual(['Bow', 'Ferry', 'Mole', 'Stern']);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});
