import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFolder } from '../../src/iamctl/folder';
import { problemsOf, removeFolders, temporaryFolder } from '../workspace/temporary-folder';

afterAll(removeFolders);

test('reads YAML, JSON and XML files below a folder, by their paths', async () => {
  const root = temporaryFolder({
    'Applications/A.yml': 'a',
    'configs/dev/x.json': '{}',
    'README.md': 'no',
    '.git/x.json': '{}',
  });
  expect([...(await readFolder(root)).files]).toEqual([
    ['Applications/A.yml', 'a'],
    ['configs/dev/x.json', '{}'],
  ]);
});

test('links that lead out of the folder, and links to folders, are not followed', async () => {
  const outside = temporaryFolder({ 'secret.yml': 'password', 'Applications/B.yml': 'b' });
  const root = temporaryFolder({ 'Applications/A.yml': 'a' });
  symlinkSync(path.join(outside, 'secret.yml'), path.join(root, 'Applications/secret.yml'));
  symlinkSync(path.join(outside, 'Applications'), path.join(root, 'IdentityProviders'));
  symlinkSync('/nowhere', path.join(root, 'Applications/gone.yml'));
  symlinkSync('A.yml', path.join(root, 'Applications/alias.yml'));
  const { files, skipped } = await readFolder(root);
  expect([...files.keys()]).toEqual(['Applications/A.yml', 'Applications/alias.yml']);
  expect(skipped.map(({ source }) => source)).toEqual(['Applications/gone.yml', 'Applications/secret.yml']);
});

test('files that are too large or no text are left out and named', async () => {
  const root = temporaryFolder({ 'Applications/A.yml': 'a', 'Applications/big.yml': 'x'.repeat(4 * 1024 * 1024 + 1) });
  writeFileSync(path.join(root, 'Applications/odd.yml'), Buffer.from([0x61, 0xff]));
  const { files, skipped } = await readFolder(root);
  expect([...files.keys()]).toEqual(['Applications/A.yml']);
  expect(skipped).toEqual([
    { source: 'Applications/big.yml', why: 'larger than 4 MiB' },
    { source: 'Applications/odd.yml', why: 'not a text in UTF-8' },
  ]);
});

test('a folder that is not there, or nested too deep, is refused', async () => {
  const root = temporaryFolder({});
  mkdirSync(path.join(root, 'a/'.repeat(12)), { recursive: true });
  expect((await problemsOf(() => readFolder(root))).map(({ code }) => code)).toEqual(['folder-too-large']);
  expect((await problemsOf(() => readFolder(path.join(root, 'none')))).map(({ code }) => code)).toEqual([
    'no-such-folder',
  ]);
});
