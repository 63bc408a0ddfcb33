import { existsSync } from 'node:fs';
import path from 'node:path';
import { resolveEnvironment } from '../../src/workspace/connection';
import { initWorkspace, type InitOptions } from '../../src/workspace/init';
import { openWorkspace } from '../../src/workspace/workspace';
import { shopKind } from '../substitution/shop-kind';
import { filesOf, problemsOf, removeFolders, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

const options: InitOptions = {
  product: 'wso2-is',
  environments: [
    { name: 'dev', url: 'https://dev.example.com' },
    { name: 'pre-prod', url: 'https://pre.example.com', tenant: 't.com' },
  ],
  auth: 'client-credentials',
};

test('makes a workspace that opens and connects', async () => {
  const root = path.join(temporaryFolder(), 'new');
  const files = await initWorkspace(root, options, [shopKind]);
  expect(files).toEqual([
    '.gitignore',
    'environments/dev.yaml',
    'environments/pre-prod.yaml',
    'liftlock.yaml',
    'schemas/environment.schema.json',
    'schemas/liftlock.schema.json',
    'schemas/shop.schema.json',
  ]);
  expect(existsSync(path.join(root, 'artifacts/shops'))).toBe(true);
  const written = filesOf(root);
  expect(written['liftlock.yaml']).toContain('# yaml-language-server: $schema=schemas/liftlock.schema.json\n');
  expect(written['environments/dev.yaml']).toContain(
    '# yaml-language-server: $schema=../schemas/environment.schema.json\n',
  );
  expect(written['.gitignore']).toContain('.liftlock/\n');
  const workspace = await openWorkspace(root);
  const environment = await workspace.environment('pre-prod');
  const variables = { PRE_PROD_CLIENT_ID: 'i', PRE_PROD_CLIENT_SECRET: 's' };
  expect(resolveEnvironment(environment, variables)).toEqual({
    environment: 'pre-prod',
    url: 'https://pre.example.com',
    tenant: 't.com',
    auth: { type: 'client-credentials', clientId: 'i', clientSecret: 's' },
  });
});

test.each(['basic', 'bearer'] as const)('with %s authentication', async (auth) => {
  const root = temporaryFolder();
  await initWorkspace(root, { ...options, auth }, []);
  expect((await (await openWorkspace(root)).environment('dev')).auth?.type).toBe(auth);
});

test('overwrites nothing, and adds to .gitignore', async () => {
  const root = temporaryFolder({ 'environments/dev.yaml': 'mine', '.gitignore': 'node_modules' });
  const problems = await problemsOf(() => initWorkspace(root, options, [shopKind]));
  expect(problems.map(({ code, place }) => [code, place?.file])).toEqual([
    ['workspace-exists', 'environments/dev.yaml'],
  ]);
  expect(filesOf(root)).toEqual({ 'environments/dev.yaml': 'mine', '.gitignore': 'node_modules' });
  const other = temporaryFolder({ '.gitignore': 'node_modules' });
  await initWorkspace(other, options, []);
  expect(filesOf(other)['.gitignore']).toBe('node_modules\n.liftlock/\n.liftlock-*.tmp\n');
});

test.each(['../evil', 'a b', ''])('an environment cannot be called %j', async (name) => {
  const root = temporaryFolder();
  const problems = await problemsOf(() => initWorkspace(root, { ...options, environments: [{ name, url: 'x' }] }, []));
  expect(problems[0]?.code).toBe('invalid-value');
  expect(filesOf(root)).toEqual({});
});
