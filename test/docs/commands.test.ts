import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { COMMAND_SCHEMAS } from '../../src/cli/command-schemas';
import { SCHEMAS } from '../../src/reports/schema';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox';
import { sampleCompany } from '../../src/sandbox/seed';
import { CommandLine, curl, git, runUntilInterrupted, type Ended } from './command-line';
import { blocksOf, commandsOf, PAGES, ROOT, shellWords, writeShownFiles } from './pages';

/*
 * Every command that the pages show is run: page by page, in the order shown, in a copy of the sample workspace, against
 * sandboxes that begin anew with each page. A command that is not in this table makes the test fail.
 */

/** An exit code; with `yes`, the command is run once more with --yes, as a person at a terminal would answer. */
interface Expected {
  readonly command: string;
  readonly code?: number;
  readonly yes?: number;
  /** In a copy of the workspace: what it does to the files would leave the commands that follow nothing to do. */
  readonly apart?: boolean;
  /** Why it is not run. */
  readonly notRun?: string;
}

/** Nobody can be asked in a test, so commands that ask are refused. */
const ASKS = { code: 3, yes: 0 };

/** The page shows the files of a folder made for IAM-CTL in blocks with their names. */
const FROM_IAMCTL = 'docs/from-iamctl.md';

const EXPECTED: Readonly<Record<string, readonly Expected[]>> = {
  'README.md': [
    { command: 'npm ci && npm run demo', notRun: 'installs packages; .ci/run runs it before the tests' },
    { command: 'npx liftlock sandbox start' },
    { command: 'npx liftlock env check' },
    { command: 'npx liftlock diff preprod prod', code: 2 },
    { command: 'npx liftlock plan prod' },
    {
      command:
        'liftlock init --environment dev=https://is.dev.example.com --environment preprod=https://is.preprod.example.com --environment prod=https://is.example.com',
    },
    { command: 'liftlock env check dev' },
    { command: 'liftlock export dev --commit' },
    { command: 'liftlock parameterize dev preprod prod --out proposals.yaml', apart: true },
    { command: 'liftlock parameterize dev preprod prod --proposal proposals.yaml', apart: true },
    { command: 'git diff', apart: true },
    { command: 'liftlock export preprod --commit' },
    { command: 'liftlock diff preprod prod', code: 2 },
    { command: 'liftlock plan prod' },
    { command: 'liftlock apply prod', ...ASKS },
    { command: 'liftlock promote preprod prod' },
    { command: 'liftlock rehearse prod --out plan.json' },
    { command: 'liftlock apply prod --plan plan.json' },
    { command: 'liftlock drift prod --report drift.md' },
    { command: 'liftlock lint' },
    { command: 'liftlock plan prod --exit-code --report plan.md' },
    { command: 'git checkout refs/liftlock/applied/prod -- artifacts environments' },
    { command: 'liftlock plan prod' },
  ],
  'docs/commands.md': [
    {
      command: 'liftlock init --environment dev=https://is.dev.example.com --environment prod=https://is.example.com',
    },
    { command: 'liftlock env list' },
    { command: 'liftlock env check prod' },
    { command: 'liftlock lint --report lint.sarif' },
    { command: "liftlock render prod 'application/Booking Portal'" },
    { command: "liftlock render prod 'application/Booking Portal' --explain" },
    { command: 'liftlock diff preprod prod', code: 2 },
    { command: 'liftlock diff files:prod prod', code: 2 },
    { command: 'liftlock diff git:HEAD:prod files:prod' },
    { command: 'liftlock drift prod --report drift.md --report drift.xml', code: 2 },
    { command: 'liftlock export preprod --commit' },
    {
      command: "liftlock convert 'artifacts/applications/Booking Portal.yaml' --to yaml --env prod --out exports",
    },
    { command: 'liftlock convert exports --env prod' },
    { command: 'liftlock parameterize dev preprod prod' },
    { command: 'liftlock parameterize dev preprod prod --out proposals.yaml' },
    { command: 'liftlock plan prod --out plan.json --report plan.html' },
    {
      command:
        "liftlock plan prod --only 'application/*' --except 'application/Harbour*' --except 'application/Deckhand*' --exit-code",
      code: 2,
    },
    { command: 'liftlock rehearse prod --out plan.json' },
    { command: 'liftlock apply prod --plan plan.json --yes' },
    { command: 'liftlock promote preprod prod --commit --yes' },
    { command: 'liftlock sandbox start --port 0' },
  ],
  [FROM_IAMCTL]: [
    { command: 'liftlock init --from-iamctl iamctl --environments dev,prod --workspace boats' },
    { command: 'liftlock lint --workspace boats' },
    { command: 'liftlock render prod --workspace boats' },
  ],
  'docs/real-server.md': [
    'npm run wso2 -- --port 9543',
    'npx liftlock env check',
    'npx liftlock export local',
    'npx liftlock plan local',
    'npx liftlock apply local',
    'npx liftlock drift local',
  ].map((command) => ({ command, notRun: 'needs a real server; test/real/wso2/real-server-page.test.ts runs it' })),
  'docs/rehearse.md': [
    { command: 'liftlock rehearse prod --out plan.json' },
    { command: 'liftlock apply prod --plan plan.json', ...ASKS },
    { command: "liftlock rehearse prod --only 'application/*' --report rehearsal.md" },
    { command: 'liftlock plan prod --out reviewed.json' },
    { command: 'liftlock rehearse prod --plan reviewed.json --report rehearsal.html' },
    { command: 'liftlock sandbox start --from prod --port 0' },
    { command: 'liftlock sandbox start --from files:preprod --from prod --port 0' },
  ],
  'docs/sandbox-faults.md': [
    { command: "liftlock sandbox start --fault 'GET /applications 429 retry-after=1 x3' --fault 'prod: * * 5% reset'" },
    { command: 'liftlock sandbox start --latency 150-250 --token-lifetime 60' },
    { command: 'liftlock sandbox start --faults faults.yaml --seed 7' },
    {
      command:
        'curl -X PUT http://127.0.0.1:9443/sandbox/faults?seed=7 -d \'[{"match":{"resource":"/applications","page":1},"times":2,"action":{"status":503}},{"match":{"method":"GET"},"probability":0.1,"action":{"delayMs":{"min":5,"max":20}}}]\'',
    },
    { command: 'liftlock export dev' },
    { command: 'curl http://127.0.0.1:9443/sandbox/faults' },
    { command: 'curl -X DELETE http://127.0.0.1:9443/sandbox/faults' },
  ],
  'docs/sandbox.md': [
    { command: 'npx liftlock sandbox start' },
    { command: 'curl -X DELETE http://127.0.0.1:9443/sandbox/journal' },
    {
      command:
        'curl -X PUT http://127.0.0.1:9443/sandbox/faults -d \'[{"match":{"path":"/applications"},"times":2,"action":{"status":503}},{"match":{"path":"/identity-providers"},"times":1,"action":{"reset":"before"}}]\'',
    },
    { command: 'liftlock export dev' },
    { command: 'curl http://127.0.0.1:9443/sandbox/journal' },
    { command: 'curl -X DELETE http://127.0.0.1:9443/sandbox/faults' },
  ],
  'docs/service-provider-files.md': [
    { command: "liftlock convert 'artifacts/applications/Booking Portal.yaml' --to xml --env prod --out exports" },
    { command: 'liftlock convert exports --env prod' },
    { command: "liftlock convert 'exports/Booking Portal.xml' --out -" },
    { command: "liftlock convert 'artifacts/applications/Ticket Office.yaml' --to xml --env preprod" },
    {
      command: 'liftlock convert artifacts/identity-providers --to yaml --env prod --out exports/identity-providers',
    },
    { command: "liftlock diff 'exports/Booking Portal.xml' prod", code: 2 },
    { command: "liftlock diff files:prod 'file:exports/Booking Portal.xml'" },
  ],
  'docs/substitution.md': [
    { command: 'liftlock parameterize dev preprod prod' },
    { command: 'liftlock parameterize dev preprod prod --out proposals.yaml' },
    { command: 'liftlock parameterize dev preprod prod --proposal proposals.yaml' },
  ],
};

const ENVIRONMENTS = [
  { name: 'dev', host: 'https://is.dev.example.com', local: 'http://127.0.0.1:9443' },
  { name: 'preprod', host: 'https://is.preprod.example.com', local: 'http://127.0.0.1:9444' },
  { name: 'prod', host: 'https://is.example.com', local: 'http://127.0.0.1:9445' },
] as const;

const CREDENTIALS = Object.fromEntries(
  ENVIRONMENTS.flatMap(({ name }) => [
    [`${name.toUpperCase()}_CLIENT_ID`, 'liftlock'],
    [`${name.toUpperCase()}_CLIENT_SECRET`, 'liftlock-sandbox'],
  ]),
);

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Docs',
  GIT_AUTHOR_EMAIL: 'docs@example.com',
  GIT_COMMITTER_NAME: 'Docs',
  GIT_COMMITTER_EMAIL: 'docs@example.com',
};

let folder: string;
let commandLine: CommandLine;
let sandboxes: RunningSandbox[] = [];
/** The sandbox command takes a while to start and is shown on several pages. */
const interrupted = new Map<string, Promise<Ended>>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'liftlock-docs-'));
  commandLine = new CommandLine();
  sandboxes = await Promise.all(ENVIRONMENTS.map(({ name }) => startSandbox({ seed: sampleCompany(name) })));
});

afterAll(async () => {
  commandLine.close();
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** The text with the addresses of the examples replaced by those of the sandboxes. */
function mapped(text: string): string {
  return ENVIRONMENTS.reduce((result, { host, local }, index) => {
    const url = sandboxes[index]?.url ?? '';
    return result.replaceAll(host, url).replaceAll(local, url);
  }, text);
}

/** A copy of the sample workspace that points at the sandboxes, committed; every sandbox begins anew. */
function freshWorkspace(name: string): string {
  for (const sandbox of sandboxes) {
    sandbox.reset();
    sandbox.faults.clear();
  }
  const workspace = path.join(folder, name.replaceAll(/\W/g, '-'));
  mkdirSync(workspace);
  for (const part of ['liftlock.yaml', 'environments', 'artifacts', '.gitignore']) {
    cpSync(path.join(ROOT, part), path.join(workspace, part), { recursive: true });
  }
  for (const file of readdirSync(path.join(workspace, 'environments'))) {
    const environment = path.join(workspace, 'environments', file);
    writeFileSync(environment, mapped(readFileSync(environment, 'utf8')));
  }
  git(['init', '-q'], workspace);
  git(['add', '-A'], workspace);
  git(['commit', '-q', '-m', 'The sample workspace'], workspace);
  return workspace;
}

async function run(command: string, cwd: string): Promise<Ended> {
  const words = shellWords(mapped(command));
  const [program = '', ...rest] = words[0] === 'npx' ? words.slice(1).filter((word) => word !== '--yes') : words;
  if (program === 'git') return git(rest, cwd);
  if (program === 'curl') return curl(rest);
  if (program !== 'liftlock') throw new Error(`no way to run ${program}`);
  if (rest[0] !== 'sandbox')
    return commandLine.run(rest, { cwd, env: { ...process.env, ...CREDENTIALS, ...AUTHOR, COLUMNS: '100' } });
  if (rest.includes('--from')) return runUntilInterrupted([...rest, '--json'], cwd);
  const args = [...rest, ...(rest.includes('--port') ? [] : ['--port', '0']), '--json'];
  const known = interrupted.get(args.join(' ')) ?? runUntilInterrupted(args, cwd);
  interrupted.set(args.join(' '), known);
  return known;
}

test('only the pages in the table show commands', () => {
  const showing = PAGES.filter((page) => commandsOf(page).length > 0);
  expect(showing).toEqual(Object.keys(EXPECTED));
});

describe.each(Object.entries(EXPECTED))('%s', (page, expected) => {
  let workspace: string;
  let copy: string;
  let empty: string;

  beforeAll(() => {
    if (expected.some(({ apart }) => apart)) copy = freshWorkspace(`${page} apart`);
    workspace = freshWorkspace(page);
    for (const { text } of blocksOf(page)) {
      const file = /^# (\w+\.yaml)\n/.exec(text)?.[1];
      if (file !== undefined && !existsSync(path.join(workspace, file)))
        writeFileSync(path.join(workspace, file), text);
    }
    empty = mkdtempSync(path.join(folder, 'empty-'));
    git(['init', '-q'], empty);
    if (page === FROM_IAMCTL) writeShownFiles(page, path.join(empty, 'iamctl'));
  });

  test('shows the commands of the table, in its order', () => {
    expect(commandsOf(page).flat()).toEqual(expected.map(({ command }) => command));
  });

  const inEmptyFolder = commandsOf(page).flatMap((block) =>
    block.map(() => block.some((command) => command.startsWith('liftlock init'))),
  );
  const cases = expected.map((one, index) => ({ ...one, isInEmpty: inEmptyFolder[index] === true }));

  for (const { command, code = 0, yes, apart, isInEmpty } of cases.filter(({ notRun }) => notRun === undefined)) {
    test(command, async () => {
      const cwd = isInEmpty ? empty : apart ? copy : workspace;
      const ended = await run(command, cwd);
      expect({ code: ended.code, output: ended.output }).toEqual({ code, output: ended.output });
      if (yes === undefined) return;
      const approved = await run(`${command} --yes`, cwd);
      expect({ code: approved.code, output: approved.output }).toEqual({ code: yes, output: approved.output });
    });
  }

  if (page === 'README.md') {
    test('the workflow runs what it says, with the variables that init refers to', async () => {
      const { job, command } = workflow();
      expect(job.permissions ?? 'none of its own').toBe('none of its own');
      const ended = await run(command.run, workspace);
      expect({ code: ended.code, output: ended.output }).toEqual({ code: 0, output: ended.output });
      const needed = ['preprod', 'prod'].flatMap((name) => {
        const file = readFileSync(path.join(empty, 'environments', `${name}.yaml`), 'utf8');
        return [...file.matchAll(/\{\{env:(\w+)\}\}/g)].map(([, variable = '']) => variable);
      });
      expect(Object.keys(command.env ?? {}).sort()).toEqual(needed.sort());
    });
  }
});

describe('the document of --json follows its schema', () => {
  const reports: readonly [command: string, schema: keyof typeof SCHEMAS][] = [
    ['env check dev', 'check'],
    ['lint', 'lint'],
    ['diff preprod prod', 'diff'],
    ['drift prod', 'drift'],
    ['export dev', 'export'],
    ["convert 'artifacts/applications/Booking Portal.yaml' --to json --env dev", 'convert'],
    ['plan prod', 'plan'],
    ['parameterize dev preprod prod', 'parameterize'],
    ['rehearse prod', 'rehearsal'],
    ['diff nowhere.xml prod', 'error'],
    ['paln prod', 'error'],
    ['apply prod', 'error'],
    ['apply prod --yes', 'run'],
    ['promote dev prod', 'error'],
    ['plan nowhere', 'error'],
  ];
  const others: readonly [command: string, schema: keyof typeof COMMAND_SCHEMAS][] = [
    ['env list', 'env-list'],
    ['render prod', 'render'],
    ['render prod --explain', 'render'],
    ['init -C other -e dev=https://is.dev.example.com', 'init'],
    ['sandbox start --port 0', 'sandbox'],
  ];
  let workspace: string;
  beforeAll(() => {
    workspace = freshWorkspace('json');
  });

  const documentOf = async (command: string): Promise<unknown> => {
    const { output } = await run(`liftlock ${command} --json`, workspace);
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  };

  test.each(reports)('%s: %s', async (command, schema) => {
    expect(SCHEMAS[schema].safeParse(await documentOf(command)).error).toBeUndefined();
  });

  test.each(others)('%s: %s', async (command, schema) => {
    expect(COMMAND_SCHEMAS[schema].safeParse(await documentOf(command)).error).toBeUndefined();
  });
});

interface Step {
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The drift workflow of the README, and its step that runs liftlock. */
function workflow(): { job: { permissions?: unknown }; command: Step } {
  const text = blocksOf('README.md').find(({ text: block }) => block.startsWith('name: drift'))?.text ?? '';
  const { jobs } = parse(text) as { jobs: { drift: { permissions?: unknown; steps: Partial<Step>[] } } };
  const command = jobs.drift.steps.find((step): step is Step => step.run?.includes('liftlock drift') === true);
  if (!command) throw new Error('the workflow has no step that runs liftlock drift');
  return { job: jobs.drift, command };
}
