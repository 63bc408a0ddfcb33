import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { byHand, git, patchApplication, useExported, useFolders, useSandbox, type Workspace } from './harness';
import { application, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const exported = useExported(sandbox);
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';
const APPLIED = 'refs/liftlock/applied/dev';
const STATE = 'refs/liftlock/state/dev';

interface Entry {
  readonly commit?: string;
  readonly how: string;
}
interface Stored {
  readonly artifacts: Readonly<Record<string, Entry>>;
  readonly deletions: Readonly<Record<string, Entry>>;
}

const stored = ({ root }: Workspace): Stored => JSON.parse(git(root, 'show', `${STATE}:state.json`)) as Stored;
const head = ({ root }: Workspace): string => git(root, 'rev-parse', 'HEAD');

/** Exported, committed and applied once. */
async function applied(name: string): Promise<Workspace> {
  const workspace = await exported(path.join(await folder(name), 'ws'));
  workspace.commit();
  expect((await workspace.run(['apply', 'dev', '--yes'], options)).code).toBe(0);
  return workspace;
}

async function drift(
  workspace: Workspace,
): Promise<{ findings: { key: string; class: string }[]; unmanaged: unknown[] }> {
  const { stdout } = await workspace.run(['drift', 'dev', '--json'], options);
  const report = JSON.parse(stdout) as {
    environments: [{ findings: { key: string; class: string }[]; unmanaged: [] }];
  };
  return report.environments[0];
}

test('an apply notes the commit of every artifact; a run that changes nothing adds nothing', async () => {
  const workspace = await applied('noted');
  expect(git(workspace.root, 'rev-parse', APPLIED)).toBe(head(workspace));
  const { artifacts, deletions } = stored(workspace);
  expect(Object.keys(artifacts).sort()).toEqual([
    'application/Ferry',
    'application/Harbour',
    'application/Lighthouse',
    'identity-provider/Partner',
  ]);
  expect([...new Set(Object.values(artifacts).map(({ commit, how }) => `${String(commit)} ${how}`))]).toEqual([
    `${head(workspace)} applied`,
  ]);
  expect(deletions).toEqual({});
  const before = git(workspace.root, 'rev-parse', STATE);
  expect((await workspace.run(['apply', 'dev', '--yes'], options)).code).toBe(0);
  expect(git(workspace.root, 'rev-parse', STATE)).toBe(before);
});

test('a selection moves its own entries and not the applied ref, and drift knows of both', async () => {
  const workspace = await applied('selection');
  const first = head(workspace);
  await workspace.edit(FERRY, 'Crossings', 'Changed');
  await workspace.edit('artifacts/applications/Harbour.yaml', 'Berths', 'Moorings');
  workspace.commit();
  const narrowed = await workspace.run(['apply', 'dev', '--yes', '--only', 'application/Ferry'], options);
  expect(narrowed.code).toBe(0);
  expect(git(workspace.root, 'rev-parse', APPLIED)).toBe(first);
  const { artifacts } = stored(workspace);
  expect([artifacts['application/Ferry']?.commit, artifacts['application/Harbour']?.commit]).toEqual([
    head(workspace),
    first,
  ]);
  await patchApplication(sandbox(), 'Ferry', { description: 'By hand' });
  expect((await drift(workspace)).findings.map(({ key, class: sort }) => `${key} ${sort}`)).toEqual([
    'Ferry drift',
    'Harbour pending',
  ]);
});

test('a run that failed in part notes what it did', async () => {
  const workspace = await applied('partly');
  const first = head(workspace);
  await workspace.edit(FERRY, 'Crossings', 'Changed');
  await workspace.edit('artifacts/applications/Harbour.yaml', 'Berths', 'Moorings');
  workspace.commit();
  const { applications } = (await byHand(sandbox(), 'GET', 'applications?filter=name%20eq%20Harbour')) as unknown as {
    applications: [{ id: string }];
  };
  sandbox().faults.set([
    { match: { method: 'PATCH', path: `/applications/${applications[0].id}` }, action: { status: 400, body: {} } },
  ]);
  expect((await workspace.run(['apply', 'dev', '--yes'], options)).code).toBe(1);
  sandbox().faults.set([]);
  expect(git(workspace.root, 'rev-parse', APPLIED)).toBe(first);
  const { artifacts } = stored(workspace);
  expect([artifacts['application/Ferry']?.commit, artifacts['application/Harbour']?.commit]).toEqual([
    head(workspace),
    first,
  ]);
});

test('what is committed while an apply waits for approval is not what was applied', async () => {
  const workspace = await applied('meanwhile');
  const first = head(workspace);
  await workspace.edit(FERRY, 'Crossings', 'Changed');
  workspace.commit();
  const read = head(workspace);
  sandbox().faults.set([{ match: { method: 'PATCH', path: '/applications/' }, action: { delayMs: 1000 } }]);
  let timer: NodeJS.Timeout | undefined;
  const run = await workspace.run(['apply', 'dev', '--yes'], {
    ...options,
    started: () => {
      timer = setInterval(() => {
        if (sandbox().journal.writes().length === 0) return;
        clearInterval(timer);
        writeFileSync(path.join(workspace.root, FERRY), 'name: Ferry\ndescription: Later\n');
        workspace.commit();
      }, 5);
    },
  });
  clearInterval(timer);
  expect(run.code).toBe(0);
  expect(git(workspace.root, 'rev-parse', APPLIED)).toBe(read);
  expect(stored(workspace).artifacts['application/Ferry']?.commit).toBe(read);
  expect([first, read]).not.toContain(head(workspace));
});

test('a deleted file is one story: the plan names --prune, drift calls it not applied yet, until it is deleted', async () => {
  const workspace = await applied('deleted');
  await rm(path.join(workspace.root, 'artifacts/applications/Lighthouse.yaml'));
  workspace.commit();
  const plan = await workspace.run(['plan', 'dev'], options);
  expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('Not deleted without --prune')]);
  expect(plan.stdout).toContain('application/Lighthouse');
  // The applied ref moves on, and the deletion is still known.
  expect((await workspace.run(['apply', 'dev', '--yes'], options)).code).toBe(0);
  expect(git(workspace.root, 'rev-parse', APPLIED)).toBe(head(workspace));
  expect(Object.keys(stored(workspace).deletions)).toEqual(['application/Lighthouse']);
  const told = await workspace.run(['drift', 'dev'], options);
  expect(told.code).toBe(2);
  expect(told.stdout).toContain('Not applied yet');
  expect(told.stdout).toContain('--prune');
  expect(told.stdout).not.toContain('Changed on the server');
  expect((await workspace.run(['drift', 'dev', '--allow-pending'], options)).code).toBe(0);
  expect((await workspace.run(['apply', 'dev', '--prune', '--yes'], options)).code).toBe(0);
  expect(stored(workspace).deletions).toEqual({});
  expect(await drift(workspace)).toMatchObject({ findings: [], unmanaged: [] });
});

test('what was never in the files is unmanaged, and no drift', async () => {
  const workspace = await applied('unmanaged');
  await byHand(sandbox(), 'POST', 'applications', application('Buoy').body);
  const { code, stdout } = await workspace.run(['drift', 'dev'], options);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Only on the server')]);
  const plan = JSON.parse((await workspace.run(['plan', 'dev', '--json'], options)).stdout) as Record<string, unknown>;
  expect(plan).toMatchObject({ awaitingPrune: [], unmanaged: [{ kind: 'application', key: 'Buoy' }] });
});

test('a workspace that has the applied ref alone is read as all artifacts at that commit', async () => {
  const workspace = await applied('older');
  git(workspace.root, 'update-ref', '-d', STATE);
  await workspace.edit(FERRY, 'Crossings', 'Changed');
  await rm(path.join(workspace.root, 'artifacts/applications/Lighthouse.yaml'));
  workspace.commit();
  expect((await drift(workspace)).findings.map(({ key, class: sort }) => `${key} ${sort}`)).toEqual([
    'Ferry pending',
    'Lighthouse pending',
  ]);
  expect((await workspace.run(['apply', 'dev', '--yes', '--only', 'application/Ferry'], options)).code).toBe(0);
  expect(Object.keys(stored(workspace).artifacts)).toHaveLength(4);
});

test('an export is a baseline too, and without one it is told once how to get one', async () => {
  const workspace = await exported(path.join(await folder('exports'), 'ws'));
  workspace.commit();
  await byHand(sandbox(), 'POST', 'applications', application('Buoy').body);
  const before = await workspace.run(['plan', 'dev'], options);
  expect(before.stdout.match(/nothing was\s+applied or exported/g)).toHaveLength(1);
  expect((await workspace.run(['export', 'dev', '--commit'], options)).code).toBe(0);
  expect(stored(workspace).artifacts['application/Buoy']).toMatchObject({ commit: head(workspace), how: 'exported' });
  await patchApplication(sandbox(), 'Buoy', { description: 'By hand' });
  expect((await drift(workspace)).findings).toMatchObject([{ key: 'Buoy', class: 'drift' }]);
});
