import { rm } from 'node:fs/promises';
import path from 'node:path';
import { applicationNames, byHand, requestLines, useExported, useFolders, useSandbox, type Workspace } from './harness';
import { application, oidc, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const exported = useExported(sandbox);
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';
const HARBOUR = 'artifacts/applications/Harbour.yaml';

const workspaceFor = async (name: string): Promise<Workspace> => exported(path.join(await folder(name), 'ws'));

test('two files with one client id: lint and plan name both, the value and the line', async () => {
  const workspace = await workspaceFor('twice');
  await workspace.edit(HARBOUR, 'clientId: harbour', 'clientId: ferry');
  for (const args of [['lint'], ['plan', 'dev']]) {
    const { code, stdout } = await workspace.run(args, options);
    expect([args, code]).toEqual([args, 1]);
    expect(stdout).toMatch(/artifacts\/applications\/Harbour\.yaml:\d+/);
    expect(stdout).toContain(
      `application/Ferry (${FERRY}) and application/Harbour (${HARBOUR}) have the same client id: ferry`,
    );
  }
  expect(sandbox().journal.writes()).toEqual([]);
});

test('a value that an artifact without a file has on the server is an error of the plan, before anything is written', async () => {
  const workspace = await workspaceFor('taken');
  await byHand(sandbox(), 'POST', 'applications', application('Ghost', oidc('ghost', 'ghost-Wq2eR5tY8uI1oP4a')).body);
  await workspace.edit(HARBOUR, 'clientId: harbour', 'clientId: ghost');
  await workspace.edit(HARBOUR, 'name: Harbour', 'name: New Harbour');
  const apply = await workspace.run(['apply', 'dev', '--yes'], options);
  expect([apply.code, sandbox().journal.writes()]).toEqual([3, []]);
  expect(apply.stderr).toContain(
    'application/New Harbour cannot have the client id ghost in dev: application/Ghost has it and keeps it',
  );
  expect(apply.stderr).toMatch(/Harbour\.yaml:\d+/);
});

test('a plan without new values of that sort asks for nothing more', async () => {
  const workspace = await workspaceFor('cheap');
  await byHand(sandbox(), 'POST', 'applications', application('Ghost', oidc('ghost', 'ghost-Wq2eR5tY8uI1oP4a')).body);
  await workspace.edit(HARBOUR, 'Berths', 'Moorings');
  sandbox().journal.clear();
  expect((await workspace.run(['plan', 'dev'], options)).code).toBe(0);
  const read = requestLines(sandbox().journal.entries()).filter((line) => /^GET \/applications\/[\w-]+$/.test(line));
  expect(read).toHaveLength(3);
});

test('an artifact under another name that takes over the client id is created after the deletion, which the plan tells', async () => {
  const workspace = await workspaceFor('renamed');
  await workspace.edit(FERRY, 'name: Ferry', 'name: A Ferry');
  sandbox().faults.set([{ match: { method: 'DELETE', path: '/applications/' }, action: { delayMs: 200 } }]);
  const apply = await workspace.run(['apply', 'dev', '--prune', '--yes'], options);
  expect(apply.text.replaceAll(/\s+/g, ' ')).toContain(
    'application/A Ferry takes the client id ferry from application/Ferry, which is deleted first',
  );
  expect(apply.code).toBe(0);
  expect(await applicationNames(sandbox())).toEqual(expect.arrayContaining(['A Ferry', 'Harbour']));
  await rm(workspace.root, { recursive: true });
});
