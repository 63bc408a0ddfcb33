import type { ChildProcess } from 'node:child_process';
import { makeWorkspace, useFolders, useSandbox, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

/*
 * Slips of a tired operator: the wrong file after --out, a variable of the shell that is empty, a folder for a file.
 * Nothing is overwritten, and the message says what to do.
 */

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const FERRY = 'artifacts/applications/Ferry.yaml';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('slips'), { dev: sandbox().url, prod: sandbox().url });
  expect((await workspace.run(['export', 'dev'], { env: smallSecrets })).code).toBe(0);
  await workspace.write('notes.txt', 'not an export\n');
  await workspace.write('empty.yaml', '');
  await workspace.write(
    'exports/Ferry.xml',
    '<ServiceProvider><ApplicationName>Ferry</ApplicationName></ServiceProvider>',
  );
  await workspace.write('states/dev.json', '{ "applications": [');
  await workspace.write('other-states/dev.json', '{"a":1}');
  workspace.commit();
});

const SANDBOX = ['sandbox', 'start', '--port', '0', '--empty'];

test.each<[string, string[], RegExp]>([
  [
    'the start of a name, beside a short name that has more letters in common with it',
    ['render', 'dev', 'application/Lightho'],
    /No artifact matches application\/Lightho → Did you mean "application\/Lighthouse"\?/,
  ],
  [
    'plan --out on a file that is no plan',
    ['plan', 'dev', '--out', 'liftlock.yaml'],
    /liftlock\.yaml is there already and is no plan.*another name/,
  ],
  [
    'rehearse --out on a file that is no plan',
    ['rehearse', 'dev', '--out', FERRY],
    /Ferry\.yaml is there already and is no plan/,
  ],
  [
    'parameterize --out on a file of the workspace',
    ['parameterize', 'dev', 'prod', '--out', 'environments/dev.yaml'],
    /environments\/dev\.yaml is there already.*another name/,
  ],
  [
    '--certificate on a file that is no certificate',
    [...SANDBOX, '--https', '--certificate', 'liftlock.yaml'],
    /liftlock\.yaml is there already and is no certificate/,
  ],
  ['--certificate without --https', [...SANDBOX, '--certificate', 'x.pem'], /--https/],
  ['an empty path', ['convert', ''], /"path" is empty.*shell/],
  ['an empty folder name', ['convert', FERRY, '--to', 'xml', '--env', 'dev', '--out', ''], /--out is empty/],
  ['an empty workspace', ['lint', '--workspace', ''], /--workspace is empty/],
  ['one empty name of several', ['parameterize', 'dev', ''], /"environments" is empty/],
  [
    'a file of proposals that is not there',
    ['parameterize', 'dev', 'prod', '--proposal', 'none.yaml'],
    /Cannot read none\.yaml: there is no such file/,
  ],
  [
    'a folder as file of proposals',
    ['parameterize', 'dev', 'prod', '--proposal', 'artifacts'],
    /Cannot read artifacts: it is a folder → Name a file/,
  ],
  [
    'something else as file of proposals',
    ['parameterize', 'dev', 'prod', '--proposal', 'empty.yaml'],
    /empty\.yaml:1:1 error.*--out FILE/,
  ],
  ['a folder as plan', ['rehearse', 'dev', '--plan', 'artifacts'], /Cannot read the plan artifacts: it is a folder/],
  ['a folder as side of a diff', ['diff', './exports', 'dev'], /\.\/exports is a folder.*Name a file/],
  ['no path after file:', ['diff', 'file:', 'dev'], /"file:" is not something to compare/],
  ['an artifact as side of a diff', ['diff', FERRY, 'dev'], /liftlock diff files:ENV/],
  [
    'a pattern that matches nothing, in a check for drift',
    ['drift', 'dev', 'prod', '--only', 'application/Fery'],
    /No artifact matches application\/Fery/,
  ],
  [
    'a pattern that matches nothing, in a diff',
    ['diff', 'files:dev', 'dev', '--only', 'application/Fery'],
    /No artifact matches application\/Fery/,
  ],
  [
    'a pattern that matches nothing, in a diff with a file',
    ['diff', 'exports/Ferry.xml', 'dev', '--only', 'application/Fery'],
    /No artifact matches application\/Fery/,
  ],
  [
    'a pattern that matches nothing, in parameterize',
    ['parameterize', 'dev', 'prod', '--only', 'application/Fery'],
    /No artifact matches application\/Fery/,
  ],
  [
    'an artifact without its kind',
    ['render', 'dev', 'Ferry'],
    /No artifact matches Ferry → Did you mean "application\/Ferry"\?/,
  ],
  ['the file of an artifact', ['render', 'dev', FERRY], /Did you mean "application\/Ferry"\?/],
  [
    'a folder for files that is a file',
    ['convert', FERRY, '--to', 'xml', '--env', 'dev', '--out', 'notes.txt'],
    /Cannot write notes\.txt: .*not a folder/,
  ],
  ['--dialect without --to xml', ['convert', 'exports', '--dialect', 'exportFile'], /--dialect.*--to xml/],
  [
    '--format with --to',
    ['convert', FERRY, '--to', 'xml', '--env', 'dev', '--format', 'json'],
    /--format.*without --to/,
  ],
  [
    '--name for a file that has one',
    ['convert', 'exports/Ferry.xml', '--env', 'dev', '--name', 'Barge'],
    /has the name "Ferry" already.*--name/,
  ],
  ['a state folder that is a file', [...SANDBOX, '--state', 'notes.txt'], /Cannot write notes\.txt: .*not a folder/],
  [
    'a state that is cut off',
    [...SANDBOX, '--state', 'states'],
    /states\/dev\.json is no state of a sandbox.*Delete the file/,
  ],
  [
    'a state that is something else',
    [...SANDBOX, '--state', 'other-states'],
    /other-states\/dev\.json is no state of a sandbox/,
  ],
  ['a folder as faults', [...SANDBOX, '--faults', 'artifacts'], /Cannot read artifacts: it is a folder → Name a file/],
  [
    'two releases for one server',
    [...SANDBOX, '--release', '7.0,dev=7.1,7.2'],
    /--release: all servers are given twice/,
  ],
])('%s is refused, and nothing is written', async (_what, args, says) => {
  const before = await workspace.files();
  // A sandbox that starts all the same is ended, so that the test fails and nothing is left running.
  const ends = { started: (child: ChildProcess) => child.stdout?.once('data', () => child.kill('SIGINT')) };
  const options = { env: smallSecrets, ...(args[0] === 'sandbox' ? ends : {}) };
  const { code, stderr, stdout } = await workspace.run(args, options);
  expect([code, (stdout + stderr).replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(says)]);
  expect(await workspace.files()).toEqual(before);
});

test('rules for faults may begin with a byte order mark and have the line ends of Windows', async () => {
  await workspace.write('faults.yaml', '\ufeff- match: { method: GET }\r\n  action: { status: 503 }\r\n');
  const { code, stdout } = await workspace.run([...SANDBOX, '--faults', 'faults.yaml', '--json'], {
    started: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
  });
  await workspace.remove('faults.yaml');
  expect([code, stdout]).toEqual([0, expect.stringContaining('"servers"')]);
});
