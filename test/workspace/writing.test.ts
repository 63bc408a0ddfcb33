import fs, { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { writeFiles } from '../../src/workspace/writing';
import { filesOf, problemsOf, removeFolders, shown, temporaryFolder } from './temporary-folder';

afterEach(() => jest.restoreAllMocks());
afterAll(removeFolders);

test('creates, updates, removes, and leaves what is as it should be', async () => {
  const root = temporaryFolder({ 'a/same.yaml': 'x\n', 'a/old.yaml': '1\n', 'gone.yaml': '' });
  utimesSync(path.join(root, 'a/same.yaml'), 1000, 1000);
  const results = await writeFiles(root, [
    { path: 'a/same.yaml', text: 'x\n' },
    { path: 'a/old.yaml', text: '2\n' },
    { path: 'b/c/new é.yaml', text: '3\n' },
    { path: 'gone.yaml' },
    { path: 'never-there.yaml' },
  ]);
  expect([...results.values()].sort()).toEqual(['created', 'removed', 'removed', 'unchanged', 'updated']);
  expect(filesOf(root)).toEqual({ 'a/same.yaml': 'x\n', 'a/old.yaml': '2\n', 'b/c/new é.yaml': '3\n' });
  expect(statSync(path.join(root, 'a/same.yaml')).mtimeMs).toBe(1_000_000);
});

test('keeps the mode of a file', async () => {
  const root = temporaryFolder({ 'a.yaml': '1' });
  await fs.promises.chmod(path.join(root, 'a.yaml'), 0o600);
  await writeFiles(root, [{ path: 'a.yaml', text: '2' }]);
  expect(statSync(path.join(root, 'a.yaml')).mode & 0o777).toBe(0o600);
});

describe('never writes outside of the workspace', () => {
  test.each([
    '../x.yaml',
    'a/../../x.yaml',
    '/tmp/liftlock-x.yaml',
    '',
    '.',
    'link/x.yaml',
    'file-link.yaml',
    'dangling.yaml',
  ])('%j', async (file) => {
    const outside = temporaryFolder({ 'target.yaml': 'theirs' });
    const root = temporaryFolder({ 'a/b': '' });
    symlinkSync(outside, path.join(root, 'link'));
    symlinkSync(path.join(outside, 'target.yaml'), path.join(root, 'file-link.yaml'));
    symlinkSync(path.join(outside, 'none.yaml'), path.join(root, 'dangling.yaml'));
    const before = filesOf(outside);
    const problems = await problemsOf(() =>
      writeFiles(root, [
        { path: 'ok.yaml', text: '' },
        { path: file, text: 'x' },
      ]),
    );
    expect(problems[0]?.code).toBe('outside-workspace');
    expect(filesOf(outside)).toEqual(before);
    expect(filesOf(root)).toEqual({ 'a/b': '' });
    if (file !== '' && file !== '.') {
      expect((await problemsOf(() => writeFiles(root, [{ path: file }])))[0]?.code).toBe('outside-workspace');
      expect(filesOf(outside)).toEqual(before);
    }
  });

  test('links inside of it are followed', async () => {
    const root = temporaryFolder({ 'real/a.yaml': '1' });
    symlinkSync(path.join(root, 'real'), path.join(root, 'link'));
    await writeFiles(root, [{ path: 'link/a.yaml', text: '2' }]);
    expect(readFileSync(path.join(root, 'real/a.yaml'), 'utf8')).toBe('2');
  });
});

describe('when something is in the way, nothing is written', () => {
  const changes = [
    { path: 'a.yaml', text: 'new' },
    { path: 'deep/er/b.yaml', text: 'new' },
    { path: 'c.yaml', text: 'new' },
  ];

  test.each([
    ['ENOSPC', 'writeFile', 'the disk is full'],
    ['EROFS', 'writeFile', 'read-only'],
    ['EACCES', 'mkdir', 'permission denied'],
    ['EACCES', 'renameSync', 'permission denied'],
  ] as const)('%s in %s', async (code, call, message) => {
    const root = temporaryFolder({ 'a.yaml': 'old', 'gone.yaml': '' });
    const isAsynchronous = call !== 'renameSync';
    const calls = (isAsynchronous ? fs.promises : fs) as unknown as Record<
      string,
      (...parameters: unknown[]) => unknown
    >;
    const real = calls[call] as (...parameters: unknown[]) => unknown;
    let count = 0;
    jest.spyOn(calls, call).mockImplementation((...parameters: unknown[]) => {
      count += 1;
      const fails = call === 'renameSync' ? count === 1 : String(parameters[0]).includes('er');
      if (!fails) return real(...parameters);
      const error = Object.assign(new Error(code), { code });
      if (isAsynchronous) return Promise.reject(error);
      throw error;
    });
    const problems = await problemsOf(() => writeFiles(root, [...changes, { path: 'gone.yaml' }]));
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.hint).toBeTruthy();
    jest.restoreAllMocks();
    expect(filesOf(root)).toEqual({ 'a.yaml': 'old', 'gone.yaml': '' });
    expect(existsSync(path.join(root, 'deep'))).toBe(false);
  });

  test('a file where a folder should be, a folder where a file should be', async () => {
    const root = temporaryFolder({ deep: 'file' });
    expect((await problemsOf(() => writeFiles(root, changes))).map(shown)[0]).toContain('file-error deep/er/b.yaml');
    const other = temporaryFolder();
    mkdirSync(path.join(other, 'c.yaml'));
    expect((await problemsOf(() => writeFiles(other, changes)))[0]?.message).toContain('it is a folder');
    expect(readdirSync(other)).toEqual(['c.yaml']);
  });
});
