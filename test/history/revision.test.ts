import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { opened, problemOf } from './opened';
import { commitAll, git, isolateGit, temporaryFolder, temporaryRepository, write } from './temporary-repository';

isolateGit();

const NAMES = [
  'plain.yaml',
  'with space.yaml',
  'ünï.yaml',
  'quo"te\'s.yaml',
  'star*[x].yaml',
  'new\nline.yaml',
  ':(top).yaml',
];

/** Commits many files without writing them to the work tree. */
function importMany(root: string, count: number): Record<string, string> {
  const files = Object.fromEntries(Array.from({ length: count }, (_, n) => [`artifacts/${n}.yaml`, `name: ${n}\n`]));
  const changes = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}`);
  const commit = `commit refs/heads/main\ncommitter T <t@example.com> 1 +0000\ndata 4\nmany\n`;
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: root, input: commit + changes.join('\n') });
  return files;
}

/** Puts a git that notes each call before the real one. */
function countCalls(): { count(): number; stop(): void } {
  const path = process.env['PATH'] ?? '';
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const folder = temporaryFolder();
  const log = join(folder, 'calls');
  write(folder, { git: `#!/bin/sh\necho call >> '${log}'\nexec '${real}' "$@"\n`, calls: '' });
  chmodSync(join(folder, 'git'), 0o755);
  process.env['PATH'] = `${folder}:${path}`;
  return {
    count: () => readFileSync(log, 'utf8').split('\n').length - 1,
    stop: () => {
      process.env['PATH'] = path;
    },
  };
}

describe('revisionSource', () => {
  test('refuses a file in another encoding, with its line', async () => {
    const root = temporaryRepository({ 'fine.yaml': 'name: Fähre\n' });
    writeFileSync(join(root, 'latin.yaml'), Buffer.from('kind: ferry\nname: Fähre\n', 'latin1'));
    commitAll(root, 'two encodings');
    const source = (await opened(root)).revisionSource('main');
    expect(await source.read('fine.yaml')).toBe('name: Fähre\n');
    const problem = await problemOf(source.read('latin.yaml'));
    expect(problem).toMatchObject({ code: 'not-utf8', place: { file: 'latin.yaml', line: 2, column: 8 } });
  });

  test('lists and reads a subfolder workspace at a revision, whatever is in the work tree', async () => {
    const root = temporaryRepository({
      'other.yaml': 'outside',
      ...Object.fromEntries(NAMES.map((name) => [`ws/artifacts/${name}`, `name: ${name}`])),
      'ws/liftlock.yaml': 'product: wso2-is\n',
      'ws/artifacts-old/x.yaml': 'x',
    });
    write(root, { 'ws/artifacts/plain.yaml': 'dirty', 'ws/artifacts/untracked.yaml': 'new' });
    const source = (await opened(join(root, 'ws'))).revisionSource('main');
    expect(source.label).toBe('git:main');
    expect(await source.list('artifacts')).toEqual(NAMES.map((name) => `artifacts/${name}`).sort());
    expect(await source.list('./artifacts/')).toHaveLength(NAMES.length);
    expect(await source.list('')).toHaveLength(NAMES.length + 2);
    expect(await source.list('nowhere')).toEqual([]);
    for (const name of NAMES) expect(await source.read(`artifacts/${name}`)).toBe(`name: ${name}`);
    expect(await source.read('artifacts/untracked.yaml')).toBeUndefined();
    expect(await source.read('other.yaml')).toBeUndefined();
    expect(await source.read('../other.yaml')).toBeUndefined();
    expect(await source.read('artifacts')).toBeUndefined();
  });

  test('reads tags, short hashes, ancestors and annotated tags alike', async () => {
    const root = temporaryRepository({ a: 'one' });
    git(root, 'tag', '-a', 'v1', '-m', 'first');
    write(root, { a: 'two' });
    commitAll(root, 'Second');
    const repository = await opened(root);
    for (const revision of ['v1', 'HEAD~1', git(root, 'rev-parse', '--short', 'HEAD~1')]) {
      expect(await repository.revisionSource(revision).read('a')).toBe('one');
    }
    expect(await repository.resolve('v1')).toBe(git(root, 'rev-parse', 'HEAD~1'));
  });

  test('reads from a linked work tree, and nothing where the workspace did not exist yet', async () => {
    const root = temporaryRepository({ 'readme.md': 'x' });
    git(root, 'tag', 'before');
    write(root, { 'ws/a': 'one' });
    commitAll(root, 'Workspace');
    const linked = join(temporaryFolder(), 'linked');
    git(root, 'worktree', 'add', '--quiet', '--detach', linked);
    const repository = await opened(join(linked, 'ws'));
    expect(await repository.revisionSource('main').list('')).toEqual(['a']);
    expect(await repository.revisionSource('before').list('')).toEqual([]);
    expect(await repository.revisionSource('before').read('readme.md')).toBeUndefined();
  });

  test('leaves out symbolic links; keeps empty files, long files and line ends', async () => {
    const root = temporaryRepository({ empty: '', crlf: 'a\r\nb\r\n', long: 'ä'.repeat(300_000), last: 'no newline' });
    symlinkSync('/etc/passwd', join(root, 'link'));
    commitAll(root, 'Link');
    const source = (await opened(root)).revisionSource('HEAD');
    expect(await source.list('')).toEqual(['crlf', 'empty', 'last', 'long']);
    expect(await source.read('link')).toBeUndefined();
    const [empty, crlf, long, last] = await Promise.all(
      ['empty', 'crlf', 'long', 'last'].map((path) => source.read(path)),
    );
    expect([empty, crlf, last]).toEqual(['', 'a\r\nb\r\n', 'no newline']);
    expect(long).toHaveLength(300_000);
  });

  test('reads 5,000 files with a handful of git processes, in one go and one after another', async () => {
    const root = temporaryRepository({ 'readme.md': 'x' });
    const expected = importMany(root, 5000);
    const calls = countCalls();
    try {
      const source = (await opened(root)).revisionSource('HEAD');
      const paths = await source.list('artifacts');
      expect(await Promise.all(paths.map((path) => source.read(path)))).toEqual(paths.map((path) => expected[path]));
      const oneByOne: (string | undefined)[] = [];
      for (const path of paths) oneByOne.push(await source.read(path));
      expect(oneByOne).toEqual(paths.map((path) => expected[path]));
      // Opening, the commit, the tree, its list and the reader; more readers only where this test was held up.
      expect(calls.count()).toBeLessThan(30);
    } finally {
      calls.stop();
    }
  });

  test('names the nearest revision for one that does not exist', async () => {
    const root = temporaryRepository({ a: '1' });
    git(root, 'branch', 'release/preprod');
    const repository = await opened(root);
    expect(await problemOf(repository.revisionSource('mian').list(''))).toMatchObject({
      code: 'unknown-revision',
      hint: 'Did you mean "main"?',
      exitCode: 1,
    });
    expect(await problemOf(repository.revisionSource('release/prepord').read('a'))).toMatchObject({
      hint: 'Did you mean "release/preprod"?',
    });
    expect((await problemOf(repository.resolve('0123456789abcdef'))).hint).toContain('Name a branch');
    for (const odd of ['--all', '', '-h', 'a b', 'HEAD:a']) {
      expect((await problemOf(repository.resolve(odd))).code).toBe('unknown-revision');
    }
  });

  test('says that there is no commit yet, or that the clone is shallow', async () => {
    const empty = await opened(temporaryRepository());
    expect((await problemOf(empty.resolve('HEAD'))).hint).toContain('no commit yet');
    const root = temporaryRepository({ a: '1' });
    write(root, { a: '2' });
    commitAll(root, 'Second');
    const clone = join(temporaryFolder(), 'clone');
    git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, clone);
    expect((await problemOf((await opened(clone)).resolve('HEAD~1'))).hint).toContain('fetch-depth: 0');
  });
});
