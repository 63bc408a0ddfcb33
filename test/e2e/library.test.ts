import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { removeFolders, temporaryFolder } from '../workspace/temporary-folder';

const ROOT = path.resolve(__dirname, '../..');
const about = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly files: readonly string[];
};

afterAll(removeFolders);

/** A project that has the package installed: exactly the files that `npm pack` would take, and no other package. */
function project(files: Record<string, string>): string {
  const root = temporaryFolder(files);
  for (const file of ['package.json', ...about.files]) {
    const target = path.join(root, 'node_modules', about.name, file);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(ROOT, file), target, { recursive: true });
  }
  return root;
}

const USE = `
const values = { variables: { host: 'portal.example' } };
const lists = [{ path: 'urls', identity: [] }];
const committed = { urls: ['https://{{var:host}}/cb', 'x'] };
const live = { urls: ['x', 'https://portal.example/callback'] };
const { template, lost } = parameterise(committed, live, values, lists);
console.log(JSON.stringify([template, lost, render(template, values).value]));
console.log(JSON.stringify(parameteriseYaml("u: '{{var:host}}' # c\\n", { u: 'y' }, values)));
`;
const PRINTED = [
  '[{"urls":["https://{{var:host}}/callback","x"]},[],{"urls":["https://portal.example/callback","x"]}]',
  '{"template":"u: \\"y\\" # c\\n","lost":[{"placeholder":"{{var:host}}","path":"u","place":["u"],"line":0,"isRemoved":false}],"findings":[]}',
];

test.each([
  ['import', 'use.mjs', `import { parameterise, parameteriseYaml, render } from 'liftlock/substitution';${USE}`],
  ['require', 'use.cjs', `const { parameterise, parameteriseYaml, render } = require('liftlock/substitution');${USE}`],
])('liftlock/substitution works by %s', (_, file, text) => {
  const root = project({ [file]: text });
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
  expect({ stderr, status, printed: stdout.trim().split('\n') }).toEqual({ stderr: '', status: 0, printed: PRINTED });
});

test('nothing else of the package can be imported', () => {
  const root = project({ 'use.cjs': "require('liftlock/dist/liftlock.js')" });
  const { stderr } = spawnSync(process.execPath, ['use.cjs'], { cwd: root, encoding: 'utf8' });
  expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});

test('its types are complete and strict', () => {
  const program = `
import { parameterise, render, type Finding, type Json, type ListIdentity, type Values } from 'liftlock/substitution';
const values: Values = { variables: { a: [1, { b: null }] }, secrets: { s: undefined } };
const lists: ListIdentity[] = [{ path: 'a[].b', identity: ['id'], ordered: true }];
const rendered: Json = render({ a: '{{var:a}}' }, values).value;
const findings: readonly Finding[] = parameterise(undefined, rendered, values, lists).findings;
type Takes<Value> = Value extends Parameters<typeof render>[0] ? true : false;
const takesFunctions: Takes<() => void> = false;
const takesJson: Takes<{ a: (string | null)[] }> = true;
`;
  const options = {
    strict: true,
    module: 'node16',
    moduleResolution: 'node16',
    noEmit: true,
    types: [],
    lib: ['es2022'],
  };
  const root = project({
    'use.ts': program,
    'tsconfig.json': JSON.stringify({ compilerOptions: options, files: ['use.ts'] }),
  });
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', root], { cwd: root, encoding: 'utf8' });
  expect(stdout).toBe('');
});

test('the package stays small', () => {
  const library = statSync(path.join(ROOT, 'dist/library/substitution.js')).size;
  expect(library).toBeLessThan(400_000);
});
