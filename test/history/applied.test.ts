import { join } from 'node:path';
import { opened, problemOf } from './opened';
import { commitAll, git, isolateGit, temporaryFolder, temporaryRepository, write } from './temporary-repository';

isolateGit();

function twoCommits(): { root: string; first: string; second: string } {
  const root = temporaryRepository({ a: '1' });
  const first = git(root, 'rev-parse', 'HEAD');
  write(root, { a: '2' });
  return { root, first, second: commitAll(root, 'Second') };
}

describe('applied refs', () => {
  test('start as undefined, are made and moved, each environment by itself', async () => {
    const { root, first, second } = twoCommits();
    const repository = await opened(root);
    expect(await repository.applied('prod')).toBeUndefined();
    await repository.moveApplied('prod', first, { commit: undefined });
    await repository.moveApplied('dev', 'main');
    expect([await repository.applied('prod'), await repository.applied('dev')]).toEqual([first, second]);
    await repository.moveApplied('prod', second, { commit: first });
    await repository.moveApplied('prod', first);
    expect(git(root, 'rev-parse', 'refs/liftlock/applied/prod')).toBe(first);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });

  test('are shared between linked work trees', async () => {
    const { root, first } = twoCommits();
    const linked = join(temporaryFolder(), 'linked');
    git(root, 'worktree', 'add', '--quiet', '--detach', linked);
    await (await opened(linked)).moveApplied('prod', first);
    expect(await (await opened(root)).applied('prod')).toBe(first);
  });

  test('are not moved when they are not what was expected', async () => {
    const { root, first, second } = twoCommits();
    const repository = await opened(root);
    expect(await problemOf(repository.moveApplied('prod', second, { commit: first }))).toMatchObject({
      code: 'applied-moved',
      environment: 'prod',
      exitCode: 3,
    });
    await repository.moveApplied('prod', second);
    for (const commit of [first, undefined]) {
      expect((await problemOf(repository.moveApplied('prod', first, { commit }))).code).toBe('applied-moved');
    }
    expect(await repository.applied('prod')).toBe(second);
  });

  test('need a commit that exists and a name that git can keep', async () => {
    const { root, first } = twoCommits();
    const repository = await opened(root);
    expect((await problemOf(repository.moveApplied('prod', 'nowhere'))).code).toBe('unknown-revision');
    for (const name of [
      '',
      'a b',
      '../heads/main',
      'a..b',
      '.a',
      'a.',
      'a.lock',
      '@',
      'a@{b',
      'a/b',
      '-a',
      'a\u0001',
    ]) {
      expect((await problemOf(repository.applied(name))).code).toBe('environment-name');
      expect((await problemOf(repository.moveApplied(name, first))).code).toBe('environment-name');
    }
    await repository.moveApplied('preprod-eu.1', first);
    expect(await repository.applied('preprod-eu.1')).toBe(first);
  });
});
