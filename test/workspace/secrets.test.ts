import { secretStore } from '../../src/workspace/secrets';
import { problemsOf, removeFolders, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

const NODE = process.execPath;

test('process variables, then a folder, then a command; undefined for what none of them has', async () => {
  const root = temporaryFolder({
    'secrets/from-file': 'file\n',
    'secrets/both': 'file',
    'secrets/lines': ' a\n\nb \r\n',
  });
  const script = 'const n=process.argv[1]; if (n!=="none") console.log("cmd:"+n+":"+process.env.EXTRA)';
  const secrets = { folder: 'secrets', command: [NODE, '-e', script, '{name}'] };
  const variables = {
    LIFTLOCK_SECRET_BOTH: 'variable',
    LIFTLOCK_SECRET_A_B_C: '"x"\n',
    LIFTLOCK_SECRET_FROM_FILE: '',
    EXTRA: 'e',
  };
  const store = secretStore({ name: 'dev', root, secrets }, variables);
  const values = await store.resolve(['both', 'a.b-c', 'from-file', 'lines', 'other', 'none', 'both']);
  expect(Object.fromEntries(values)).toEqual({
    both: 'variable',
    'a.b-c': '"x"\n',
    'from-file': 'file',
    lines: ' a\n\nb ',
    other: 'cmd:other:e',
    none: undefined,
  });
});

test('a prefix of the environment', async () => {
  const secrets = { environment: { prefix: 'PROD_' } };
  const store = secretStore({ name: 'prod', root: '/', secrets }, { PROD_X: '1', LIFTLOCK_SECRET_X: '2' });
  expect((await store.resolve(['x'])).get('x')).toBe('1');
});

test('each name is looked up once', async () => {
  const root = temporaryFolder({ count: '' });
  const script = 'require("fs").appendFileSync("count","x"); console.log(1)';
  const store = secretStore({ name: 'dev', root, secrets: { command: [NODE, '-e', script, '{name}'] } }, {});
  await Promise.all([store.resolve(['a', 'a']), store.resolve(['a'])]);
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(`${root}/count`, 'utf8')).toBe('x');
});

test('no shell is between', async () => {
  const store = secretStore(
    { name: 'dev', root: '/', secrets: { command: [NODE, '-p', 'process.argv[1]', '$(id);{name}'] } },
    {},
  );
  expect((await store.resolve(['x'])).get('x')).toBe('$(id);x');
});

test('a failing command is an error that never shows what it printed', async () => {
  const script = 'console.log("geheim-1"); console.error("geheim-2"); process.exit(7)';
  const store = secretStore({ name: 'dev', root: '/', secrets: { command: [NODE, '-e', script, '{name}'] } }, {});
  const problems = await problemsOf(() => store.resolve(['b', 'a']));
  expect(problems.map(({ code }) => code)).toEqual(['secret-command-failed', 'secret-command-failed']);
  expect(problems[0]?.message).toContain('exit code 7');
  expect(problems[0]?.message).toContain('"a"');
  expect(JSON.stringify(problems)).not.toContain('geheim');
  const missing = secretStore({ name: 'dev', root: '/', secrets: { command: ['/no/such/program', '{name}'] } }, {});
  expect((await problemsOf(() => missing.resolve(['a'])))[0]?.message).toContain('was not found');
});

test.each(['..', '.', '../x', 'a/b', ''])('%j does not lead out of the folder', async (name) => {
  const root = temporaryFolder({ x: 'outside', 'secrets/y': '' });
  const store = secretStore({ name: 'dev', root, secrets: { folder: 'secrets' } }, {});
  expect((await problemsOf(() => store.resolve([name])))[0]?.code).toBe('invalid-name');
});
