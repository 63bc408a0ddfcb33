import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  git,
  makeWorkspace,
  patchApplication,
  useExported,
  useFolders,
  useSandbox,
  Workspace,
  type Ended,
} from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const exported = useExported(sandbox);
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';
const REF = 'refs/liftlock/applied/dev';

/** A workspace in a subfolder of a repository that has other files too. */
async function inSubfolder(): Promise<{
  repository: string;
  workspace: Workspace;
  run: (...args: string[]) => Promise<Ended>;
}> {
  const repository = await folder('repo');
  git(repository, 'init', '-q');
  await writeFile(path.join(repository, 'README.md'), 'hello\n');
  const workspace = await exported(path.join(repository, 'identity/ws'));
  return { repository, workspace, run: (...args) => workspace.run(args, options) };
}

test('in a subfolder of a repository, export --commit commits its own files and leaves the user’s alone', async () => {
  const { repository, workspace, run } = await inSubfolder();
  git(
    repository,
    'add',
    'README.md',
    'identity/ws/environments',
    'identity/ws/liftlock.yaml',
    'identity/ws/.gitignore',
  );
  git(repository, 'commit', '-q', '-m', 'start');
  await writeFile(path.join(repository, 'README.md'), 'staged\n');
  git(repository, 'add', 'README.md');
  await workspace.edit('environments/dev.yaml', /$/, '# being worked on\n');
  const { code, stdout } = await run('export', 'dev', '--commit');
  expect(code).toBe(0);
  const committed = git(repository, 'show', '--name-only', '--format=%s', 'HEAD').split('\n').filter(Boolean);
  expect(committed[0]).toMatch(/dev/);
  expect(committed.slice(1).every((file) => file.startsWith('identity/ws/artifacts/'))).toBe(true);
  expect(committed).toHaveLength(5);
  expect(stdout).toContain(git(repository, 'rev-parse', 'HEAD').slice(0, 7));
  expect(git(repository, 'status', '--porcelain').split('\n')).toEqual([
    'M  README.md',
    ' M identity/ws/environments/dev.yaml',
  ]);
  const head = git(repository, 'rev-parse', 'HEAD');
  expect((await run('export', 'dev', '--commit')).code).toBe(0);
  expect(git(repository, 'rev-parse', 'HEAD')).toBe(head);
});

test('a dirty tree is applied, said to be dirty, and leaves the applied ref alone', async () => {
  const { repository, workspace, run } = await inSubfolder();
  git(repository, 'add', '-A');
  git(repository, 'commit', '-q', '-m', 'exported');
  await workspace.edit(FERRY, 'Crossings', 'Changed');
  const dirty = await run('apply', 'dev', '--yes');
  expect(dirty.code).toBe(0);
  expect(dirty.stderr).toMatch(
    /applied ref was not moved: artifacts\/applications\/Ferry\.yaml\s+is\s+not\s+committed/,
  );
  expect(() => git(repository, 'rev-parse', '--verify', '-q', REF)).toThrow();
  git(repository, 'commit', '-q', '-a', '-m', 'changed');
  // Files outside of the workspace do not matter.
  await writeFile(path.join(repository, 'README.md'), 'dirty\n');
  expect(await run('apply', 'dev', '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect(git(repository, 'rev-parse', REF)).toBe(git(repository, 'rev-parse', 'HEAD'));
  const narrowed = await run('apply', 'dev', '--yes', '--only', 'application/Ferry');
  expect([narrowed.code, narrowed.stderr]).toEqual([0, expect.stringMatching(/Only a selection was applied/)]);
});

test('in a linked work tree the applied ref is shared with the repository', async () => {
  const { repository, workspace } = await inSubfolder();
  git(repository, 'add', '-A');
  git(repository, 'commit', '-q', '-m', 'all');
  const linked = path.join(await folder('linked'), 'tree');
  git(repository, 'worktree', 'add', '-q', '-b', 'side', linked);
  const side = new Workspace(path.join(linked, 'identity/ws'));
  await side.edit(FERRY, 'Crossings', 'From the side');
  git(linked, 'commit', '-q', '-a', '-m', 'side');
  expect(await side.run(['apply', 'dev', '--yes'], options)).toMatchObject({ code: 0, stderr: '' });
  expect(git(repository, 'rev-parse', REF)).toBe(git(repository, 'rev-parse', 'side'));
  // Seen from the main work tree, somebody has moved the server on: its files are as before.
  expect((await side.run(['drift', 'dev'], options)).code).toBe(0);
  const main = await workspace.run(['drift', 'dev', '--json'], options);
  expect([main.code, main.stdout]).toEqual([2, expect.stringContaining('"class": "pending"')]);
});

test('a revision is compared without touching the work tree, and drift can be told from it', async () => {
  const { repository, workspace, run } = await inSubfolder();
  git(repository, 'add', '-A');
  git(repository, 'commit', '-q', '-m', 'one');
  await workspace.edit(FERRY, 'Crossings', 'Second');
  git(repository, 'commit', '-q', '-a', '-m', 'two');
  await workspace.edit(FERRY, 'Second', 'Uncommitted');
  const before = await workspace.files();
  const status = git(repository, 'status', '--porcelain');
  sandbox().journal.clear();
  const two = await run('diff', 'git:HEAD~1:dev', 'files:dev');
  expect([two.code, two.stdout]).toEqual([2, expect.stringContaining('Crossings → Uncommitted')]);
  const committed = await run('diff', 'git:HEAD~1:dev', 'git:HEAD:dev');
  expect([committed.code, committed.stdout]).toEqual([2, expect.stringContaining('Crossings → Second')]);
  expect(sandbox().journal.entries()).toEqual([]);
  expect(await workspace.files()).toEqual(before);
  expect(git(repository, 'status', '--porcelain')).toBe(status);
});

test('without git, and outside of a repository, a command says what is then missing', async () => {
  const workspace = await makeWorkspace(await folder('plain'), { dev: sandbox().url });
  const commit = await workspace.run(['export', 'dev', '--commit'], options);
  expect(commit.code).toBe(1);
  expect(commit.stderr).toMatch(/files were written, but not committed/);
  await patchApplication(sandbox(), 'Ferry', { description: 'By hand' });
  const drift = await workspace.run(['drift', 'dev'], options);
  expect([drift.code, drift.stdout]).toEqual([2, expect.stringMatching(/not in a git/)]);
  // A machine without git: nothing but node is on the path.
  const bin = path.join(await folder('bin'), 'bin');
  await mkdir(bin);
  await symlink(process.execPath, path.join(bin, 'node'));
  workspace.commit();
  const bare = { env: { ...smallSecrets, PATH: bin } };
  const apply = await workspace.run(['apply', 'dev', '--yes'], bare);
  expect([apply.code, apply.stderr]).toEqual([0, expect.stringMatching(/git/)]);
  const revision = await workspace.run(['diff', 'git:HEAD:dev', 'files:dev'], bare);
  expect([revision.code, revision.stderr]).toEqual([1, expect.stringMatching(/install git/i)]);
});
