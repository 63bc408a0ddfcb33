import { readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { Staging } from '../../src/workspace/staging';
import { filesOf, removeFolders, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

test('texts lie ready beside their files until all of them take their places', async () => {
  const root = temporaryFolder({ 'a.yaml': 'old', 'gone.yaml': '' });
  const staging = await Staging.open(root);
  await staging.add({ path: 'a.yaml', text: 'new' });
  await staging.add({ path: 'deep/b.yaml', text: 'new' });
  await staging.add({ path: 'gone.yaml' });
  expect(filesOf(root)).toMatchObject({ 'a.yaml': 'old', 'gone.yaml': '' });
  expect(readdirSync(path.join(root, 'deep'))).toEqual([expect.stringMatching(/^\.liftlock-[0-9a-f]{12}\.tmp$/)]);
  expect([...(await staging.commit())]).toEqual([
    ['a.yaml', 'updated'],
    ['deep/b.yaml', 'created'],
    ['gone.yaml', 'removed'],
  ]);
  staging.close();
  expect(filesOf(root)).toEqual({ 'a.yaml': 'new', 'deep/b.yaml': 'new' });
});

test('what was laid ready and not put in its place is taken away, with its folders', async () => {
  const root = temporaryFolder({ 'a.yaml': 'old' });
  const staging = await Staging.open(root);
  await staging.add({ path: 'a.yaml', text: 'new' });
  await staging.add({ path: 'deep/er/b.yaml', text: 'new' });
  staging.close();
  expect(readdirSync(root)).toEqual(['a.yaml']);
  expect(filesOf(root)).toEqual({ 'a.yaml': 'old' });
});

test('it is taken away, too, when the process ends at once', async () => {
  const root = temporaryFolder({});
  const before = process.listeners('exit');
  const staging = await Staging.open(root);
  await staging.add({ path: 'deep/b.yaml', text: 'new' });
  const added = process.listeners('exit').filter((listener) => !before.includes(listener));
  for (const listener of added) listener(130);
  expect(readdirSync(root)).toEqual([]);
  expect(process.listeners('exit')).toEqual(before);
});

test('what a killed process left is taken away a day later, by the next one that writes there', async () => {
  const [old, young] = ['.liftlock-0123456789ab.tmp', '.liftlock-ba9876543210.tmp'];
  const root = temporaryFolder({ [`a/${old}`]: '', [`a/${young}`]: '', 'a/.liftlock-mine.tmp': '' });
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  for (const name of [old, '.liftlock-mine.tmp']) utimesSync(path.join(root, 'a', name), yesterday, yesterday);
  const staging = await Staging.open(root);
  await staging.add({ path: 'a/b.yaml', text: 'new' });
  await staging.commit();
  staging.close();
  expect(readdirSync(path.join(root, 'a')).sort()).toEqual([young, '.liftlock-mine.tmp', 'b.yaml'].sort());
});
