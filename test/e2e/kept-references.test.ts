import { rm } from 'node:fs/promises';
import path from 'node:path';
import { byHand, requestLines, useExported, useFolders, useSandbox, type Workspace } from './harness';
import { application, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const exported = useExported(sandbox);
const options = { env: smallSecrets };
const PARTNER = 'artifacts/identity-providers/Partner.yaml';
const FERRY = 'artifacts/applications/Ferry.yaml';

const workspaceFor = async (name: string): Promise<Workspace> => exported(path.join(await folder(name), 'ws'));

/** Signs in with Partner, and nobody has a file for it. */
const guest = application('Guest', {
  authenticationSequence: {
    type: 'USER_DEFINED',
    steps: [{ id: 1, options: [{ idp: 'Partner', authenticator: 'GoogleOIDCAuthenticator' }] }],
  },
});

test('an identity provider that an unchanged application of the files uses is not deleted', async () => {
  const workspace = await workspaceFor('deleted');
  await rm(path.join(workspace.root, PARTNER));
  const { code, stdout } = await workspace.run(['plan', 'dev', '--prune'], options);
  expect([code, stdout]).toEqual([1, expect.stringContaining('identity-provider/Partner cannot be deleted in dev')]);
  expect(stdout).toContain('application/Ferry needs it and stays');
});

test('nor one that only an application without a file uses', async () => {
  const workspace = await workspaceFor('guest');
  await byHand(sandbox(), 'POST', 'applications', guest.body);
  await rm(path.join(workspace.root, PARTNER));
  await workspace.edit(FERRY, /\n +- idp: Partner\n +authenticator: GoogleOIDCAuthenticator/, '');
  await workspace.write('liftlock.yaml', `${await workspace.read('liftlock.yaml')}protect: [application/Guest]\n`);
  const { code, stdout } = await workspace.run(['plan', 'dev', '--prune'], options);
  expect([code, stdout]).toEqual([1, expect.stringContaining('application/Guest needs it and stays')]);
});

test('one that is in use is not disabled: lint sees it in the files, the plan on the server too', async () => {
  const workspace = await workspaceFor('disabled');
  await workspace.edit(PARTNER, /^(name: Partner)$/m, '$1\nisEnabled: false');
  const lint = await workspace.run(['lint'], options);
  expect([lint.code, lint.stdout]).toEqual([1, expect.stringMatching(/Ferry\.yaml:\d+:\d+/)]);
  expect(lint.stdout).toContain('application/Ferry uses identity-provider/Partner, which is disabled');
  await byHand(sandbox(), 'POST', 'applications', guest.body);
  const plan = await workspace.run(['plan', 'dev'], options);
  expect(plan.code).toBe(1);
  for (const name of ['Ferry', 'Guest'])
    expect(plan.stdout).toContain(`application/${name} uses identity-provider/Partner, which is disabled`);
});

test('an authenticator that a login step uses does not go, nor is it misspelt', async () => {
  const workspace = await workspaceFor('authenticator');
  await workspace.edit(FERRY, 'authenticator: GoogleOIDCAuthenticator', 'authenticator: GoogelOIDCAuthenticator');
  const { code, stdout } = await workspace.run(['lint'], options);
  expect([code, stdout]).toEqual([
    1,
    expect.stringContaining('application/Ferry uses identity-provider/Partner, which has no GoogelOIDCAuthenticator'),
  ]);
});

test('a plan that takes nothing away reads no more than before', async () => {
  const workspace = await workspaceFor('cheap');
  await byHand(sandbox(), 'POST', 'applications', guest.body);
  await workspace.edit(PARTNER, /^(name: Partner)$/m, '$1\ndescription: Our partner');
  sandbox().journal.clear();
  expect((await workspace.run(['plan', 'dev'], options)).code).toBe(0);
  const read = requestLines(sandbox().journal.entries()).filter((line) => /^GET \/applications\/[\w-]+$/.test(line));
  expect(read).toHaveLength(3);
});
