import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openRepository } from '../../src/history/repository';
import { opened } from './opened';
import { commitAll, git, isolateGit, temporaryFolder, temporaryRepository, write } from './temporary-repository';

isolateGit();

describe('openRepository', () => {
  test('says that a folder is not in a work tree', async () => {
    const { repository, reason } = await openRepository(temporaryFolder());
    expect(repository).toBeUndefined();
    expect(reason).toMatchObject({ code: 'not-a-repository', hint: 'Run: git init' });
  });

  test('says that a bare repository and a .git folder are no work tree', async () => {
    const bare = temporaryFolder();
    git(bare, 'init', '--quiet', '--bare');
    expect((await openRepository(bare)).reason?.code).toBe('not-a-repository');
    expect((await openRepository(join(temporaryRepository(), '.git'))).reason?.code).toBe('not-a-repository');
  });

  test('says that a folder does not exist', async () => {
    expect((await openRepository('/no/such/folder')).reason?.code).toBe('no-such-folder');
  });

  test('says that git is not installed', async () => {
    const folder = temporaryRepository();
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect((await openRepository(folder)).reason?.code).toBe('git-missing');
    } finally {
      process.env['PATH'] = path;
    }
  });

  test('opens a subfolder, and knows where it is', async () => {
    const root = temporaryRepository({ 'identity/ünder one/liftlock.yaml': 'product: wso2-is\n' });
    expect((await opened(root)).prefix).toBe('');
    expect((await opened(join(root, 'identity/ünder one'))).prefix).toBe('identity/ünder one/');
  });

  test('is not led astray by the variables that git sets for hooks, nor by odd settings', async () => {
    const root = temporaryRepository({ a: 'a' });
    const other = temporaryRepository({ b: 'b' });
    const odd = {
      GIT_DIR: join(other, '.git'),
      GIT_INDEX_FILE: join(other, '.git/index'),
      GIT_PAGER: 'false',
      EDITOR: 'false',
      GIT_SSH_COMMAND: 'false',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'core.pager',
      GIT_CONFIG_VALUE_0: 'false',
      GIT_CONFIG_KEY_1: 'color.ui',
      GIT_CONFIG_VALUE_1: 'always',
    };
    Object.assign(process.env, odd);
    try {
      const repository = await opened(root);
      write(root, { c: 'c' });
      expect(await repository.dirty()).toEqual(['c']);
    } finally {
      for (const name of Object.keys(odd)) delete process.env[name];
    }
  });
});

describe('head', () => {
  test('is undefined before the first commit, and the commit of a detached HEAD', async () => {
    const empty = await opened(temporaryRepository());
    expect(await empty.head()).toBeUndefined();
    const root = temporaryRepository({ a: '1' });
    const first = git(root, 'rev-parse', 'HEAD');
    write(root, { a: '2' });
    commitAll(root, 'Second');
    git(root, 'checkout', '--quiet', '--detach', first);
    expect(await (await opened(root)).head()).toBe(first);
  });
});

describe('dirty', () => {
  test('lists changed, staged, removed and untracked files of the workspace only, whatever their names', async () => {
    const root = temporaryRepository({
      'outside.txt': '1',
      'ws/artifacts/changed.yaml': '1',
      'ws/artifacts/removed.yaml': '1',
      'ws/artifacts/same.yaml': '1',
      'ws/.gitignore': '.liftlock/\n',
    });
    git(root, 'config', 'status.showUntrackedFiles', 'no');
    git(root, 'config', 'status.relativePaths', 'false');
    write(root, {
      'outside.txt': '2',
      'ws/artifacts/changed.yaml': '2',
      'ws/artifacts/new "quoted" ünïcode\ttab.yaml': '1',
      'ws/environments/new folder/staged.yaml': '1',
      'ws/.liftlock/run.json': '{}',
    });
    git(root, 'rm', '--quiet', 'ws/artifacts/removed.yaml');
    git(root, 'add', 'ws/environments');
    const repository = await opened(join(root, 'ws'));
    expect(await repository.dirty()).toEqual([
      'artifacts/changed.yaml',
      'artifacts/new "quoted" ünïcode\ttab.yaml',
      'artifacts/removed.yaml',
      'environments/new folder/staged.yaml',
    ]);
    expect(await repository.dirty(['environments/', 'artifacts/changed.yaml'])).toEqual([
      'artifacts/changed.yaml',
      'environments/new folder/staged.yaml',
    ]);
    expect(await repository.dirty(['artifact'])).toEqual([]);
  });

  test('works in a linked work tree and in a repository without commits', async () => {
    const root = temporaryRepository({ 'ws/a': '1' });
    const linked = join(temporaryFolder(), 'linked');
    git(root, 'worktree', 'add', '--quiet', linked, '-b', 'other');
    write(linked, { 'ws/b': '1' });
    expect(await (await opened(join(linked, 'ws'))).dirty()).toEqual(['b']);
    const empty = temporaryRepository();
    mkdirSync(join(empty, 'ws'));
    write(empty, { 'ws/a': '1' });
    expect(await (await opened(join(empty, 'ws'))).dirty()).toEqual(['a']);
  });
});
