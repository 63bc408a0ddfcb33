import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { opened, problemOf } from './opened';
import { commitAll, git, isolateGit, temporaryFolder, temporaryRepository, write } from './temporary-repository';

isolateGit();

const nameStatus = (root: string): string[] =>
  git(root, 'show', '--name-status', '--no-renames', '--format=', '-z', 'HEAD')
    .split('\0')
    .filter((part) => part !== '');

describe('commit', () => {
  test('commits added, changed and removed paths, and leaves all else as the user had it', async () => {
    const root = temporaryRepository({
      'ws/artifacts/changed.yaml': '1',
      'ws/artifacts/removed.yaml': '1',
      'ws/artifacts/users.yaml': '1',
      'ws/staged.yaml': '1',
      'outside.txt': '1',
    });
    write(root, { 'ws/staged.yaml': '2', 'outside.txt': '2', 'ws/new-staged.yaml': 'n' });
    git(root, 'add', '--all');
    write(root, {
      'ws/artifacts/changed.yaml': '2',
      'ws/artifacts/users.yaml': '2',
      'ws/artifacts/new "ü".yaml': '1',
      'ws/artifacts/not-asked.yaml': '1',
    });
    rmSync(join(root, 'ws/artifacts/removed.yaml'));
    const repository = await opened(join(root, 'ws'));
    const hash = await repository.commit({
      paths: [
        'artifacts/changed.yaml',
        'artifacts/new "ü".yaml',
        'artifacts/removed.yaml',
        'artifacts/never-there.yaml',
      ],
      message: 'Export dev\n\n# not a comment\n',
    });
    expect(hash).toBe(git(root, 'rev-parse', '--short', 'HEAD'));
    expect(nameStatus(root)).toEqual([
      'M',
      'ws/artifacts/changed.yaml',
      'A',
      'ws/artifacts/new "ü".yaml',
      'D',
      'ws/artifacts/removed.yaml',
    ]);
    expect(git(root, 'log', '-1', '--format=%B')).toContain('# not a comment');
    expect(git(root, 'status', '--porcelain').split('\n')).toEqual([
      'M  outside.txt',
      ' M ws/artifacts/users.yaml',
      'A  ws/new-staged.yaml',
      'M  ws/staged.yaml',
      '?? ws/artifacts/not-asked.yaml',
    ]);
  });

  test('gives undefined when nothing changed', async () => {
    const root = temporaryRepository({ a: '1' });
    const repository = await opened(root);
    expect(await repository.commit({ paths: ['a'], message: 'x' })).toBeUndefined();
    expect(await repository.commit({ paths: [], message: 'x' })).toBeUndefined();
    git(root, 'rm', '--quiet', '--cached', 'a');
    expect(await repository.commit({ paths: ['a'], message: 'x' })).toBeUndefined();
    expect(git(root, 'rev-list', '--count', 'HEAD')).toBe('1');
  });

  test('makes the first commit of a repository', async () => {
    const root = temporaryRepository();
    write(root, { 'artifacts/a.yaml': '1', 'artifacts/b.yaml': '1' });
    expect(await (await opened(root)).commit({ paths: ['artifacts/a.yaml'], message: 'First' })).toMatch(
      /^[0-9a-f]{7,}$/,
    );
    expect(git(root, 'ls-tree', '-r', '--name-only', 'HEAD')).toBe('artifacts/a.yaml');
  });

  test('commits in a linked work tree, on a detached HEAD, and with signing switched on', async () => {
    const root = temporaryRepository({ a: '1' });
    git(root, 'config', 'commit.gpgSign', 'true');
    git(root, 'config', 'gpg.program', 'false');
    const linked = join(temporaryFolder(), 'linked');
    git(root, 'worktree', 'add', '--quiet', '--detach', linked);
    write(linked, { a: '2' });
    expect(await (await opened(linked)).commit({ paths: ['a'], message: 'x' })).toBeDefined();
    expect(git(root, 'show', 'HEAD:a')).toBe('1');
    expect(git(linked, 'show', 'HEAD:a')).toBe('2');
  });

  test('takes thousands of paths', async () => {
    const root = temporaryRepository({ 'readme.md': '1' });
    const files = Object.fromEntries(
      Array.from({ length: 2000 }, (_, n) => [`artifacts/${'long name '.repeat(5)}${n}.yaml`, `${n}`]),
    );
    write(root, files);
    expect(await (await opened(root)).commit({ paths: Object.keys(files), message: 'many' })).toBeDefined();
    expect(nameStatus(root)).toHaveLength(4000);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('says which two commands are missing when git does not know the user, and leaves the index alone', async () => {
    const root = temporaryRepository({ a: '1' });
    git(root, 'config', '--unset', 'user.name');
    git(root, 'config', '--unset', 'user.email');
    git(root, 'config', 'user.useConfigOnly', 'true');
    write(root, { a: '2', 'new.yaml': '1' });
    const problem = await problemOf((await opened(root)).commit({ paths: ['a', 'new.yaml'], message: 'x' }));
    expect(problem.code).toBe('git-identity-missing');
    expect(problem.hint).toMatch(/git config user\.name .*git config user\.email/);
    expect(git(root, 'status', '--porcelain')).toBe(' M a\n?? new.yaml');
  });

  test('runs hooks, and reports what a refusing hook said last', async () => {
    const root = temporaryRepository({ a: '1' });
    write(root, {
      '.git/hooks/pre-commit': '#!/bin/sh\necho looking >&2\necho "a secret is in a.yaml" >&2\nexit 1\n',
      a: '2',
      b: '1',
    });
    chmodSync(join(root, '.git/hooks/pre-commit'), 0o755);
    const problem = await problemOf((await opened(root)).commit({ paths: ['a', 'b'], message: 'x' }));
    expect(problem).toMatchObject({ code: 'git-failed', message: 'git could not commit: a secret is in a.yaml' });
    expect(git(root, 'status', '--porcelain')).toBe(' M a\n?? b');
  });

  test('refuses files that .gitignore keeps out', async () => {
    const root = temporaryRepository({ '.gitignore': '*.local.yaml\n' });
    write(root, { 'a.local.yaml': '1', 'b.yaml': '1' });
    const problem = await problemOf((await opened(root)).commit({ paths: ['a.local.yaml', 'b.yaml'], message: 'x' }));
    expect(problem).toMatchObject({ code: 'ignored-by-git' });
    expect(problem.message).toContain('a.local.yaml');
    expect(git(root, 'status', '--porcelain')).toBe('?? b.yaml');
  });

  test('says that a merge is under way, or that another git holds the lock', async () => {
    const root = temporaryRepository({ a: '1' });
    write(root, { '.git/index.lock': '', a: '2' });
    const repository = await opened(root);
    expect((await problemOf(repository.commit({ paths: ['a'], message: 'x' }))).code).toBe('git-busy');
    rmSync(join(root, '.git/index.lock'));
    git(root, 'checkout', '--quiet', '-b', 'side');
    commitAll(root, 'side');
    git(root, 'checkout', '--quiet', 'main');
    write(root, { b: '1' });
    commitAll(root, 'main');
    git(root, 'merge', '--quiet', '--no-commit', 'side');
    write(root, { b: '2' });
    expect((await problemOf(repository.commit({ paths: ['b'], message: 'x' }))).code).toBe('git-merge-under-way');
  });
});
