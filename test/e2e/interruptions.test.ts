import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningSandbox } from '../../src/sandbox/sandbox';
import { makeWorkspace, requestLines, useFolders, useSandbox, type Ended, type Workspace } from './harness';
import { application, smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
/** An answer that comes after the test would have failed: whoever waits for it was not interrupted. */
const NEVER_MS = 120_000;
const names = ['Ferry', 'Harbour', 'Lighthouse', 'Mole', 'Pier', 'Quay'];
const seed = {
  ...smallCompany,
  requests: [...smallCompany.requests, ...names.slice(3).map((name) => application(name))],
};
const sandbox = useSandbox({ seed });

const options = { env: smallSecrets };
let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('stops'), { dev: sandbox().url }, { concurrency: 1 });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
  for (const name of names)
    await workspace.edit(
      `artifacts/applications/${name}.yaml`,
      /^(name: .*)$/m,
      `$1\nlogoutReturnUrl: https://${name}.example/bye`,
    );
});

/** Runs a command and interrupts it once the sandbox has received what `when` looks for. */
async function interrupted(at: Workspace, args: string[], when: (sandbox: RunningSandbox) => boolean): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  const ended = await at.run(args, {
    ...options,
    started: (child) => {
      timer = setInterval(() => {
        if (!when(sandbox())) return;
        clearInterval(timer);
        child.kill('SIGINT');
      }, 5);
    },
  });
  clearInterval(timer);
  return ended;
}

describe('Ctrl-C', () => {
  test('during an export leaves the files as they were', async () => {
    sandbox().faults.set([{ match: { path: '/applications/' }, after: 2, action: { delayMs: NEVER_MS } }]);
    const files = await workspace.files();
    const ended = await interrupted(workspace, ['export', 'dev'], ({ journal }) =>
      journal.entries().some((entry) => entry.path.includes('/applications/')),
    );
    expect([ended.code, ended.stdout]).toEqual([130, '']);
    expect(ended.stderr).toMatch(/interrupted/i);
    expect(await workspace.files()).toEqual(files);
  });

  test.each(['/oauth2/token', '/api-resources', '/identity-providers'])(
    'during a check that waits for %s is no failed check',
    async (resource) => {
      sandbox().faults.set([{ match: { path: resource }, action: { delayMs: NEVER_MS } }]);
      const ended = await interrupted(workspace, ['env', 'check', 'dev'], ({ journal }) =>
        journal.entries().some((entry) => entry.path.includes(resource)),
      );
      expect([ended.code, ended.stdout]).toEqual([130, '']);
      expect(ended.stderr).toMatch(/interrupted/);
    },
  );

  test('before the first write leaves the server as it was', async () => {
    sandbox().faults.set([{ match: { path: '/applications/' }, after: 3, action: { delayMs: NEVER_MS } }]);
    const ended = await interrupted(workspace, ['apply', 'dev', '--yes'], ({ journal }) =>
      journal.entries().some((entry) => entry.path.includes('/applications/')),
    );
    expect(ended.code).toBe(130);
    expect(ended.stderr).toMatch(/Nothing (?:more )?was (?:written|sent)/);
    expect(sandbox().journal.writes()).toEqual([]);
    expect(existsSync(path.join(workspace.root, '.liftlock'))).toBe(false);
  });

  test('in the middle of the writes says what was done, and so does the journal on disk', async () => {
    sandbox().faults.set([{ match: { method: 'PATCH' }, after: 2, action: { delayMs: NEVER_MS } }]);
    const ended = await interrupted(
      workspace,
      ['apply', 'dev', '--yes'],
      ({ journal }) => journal.writes().length === 3,
    );
    expect(ended.code).toBe(130);
    const { folder: run, journal } = await workspace.lastRun();
    const ends = journal.filter(({ phase }) => phase === 'end').map(({ artifact }) => artifact);
    const starts = journal.filter(({ phase }) => phase === 'start').map(({ artifact }) => artifact);
    expect(ends).toHaveLength(2);
    expect(starts).toHaveLength(3);
    expect(starts.slice(0, 2)).toEqual(ends);
    expect(requestLines(sandbox().journal.writes())).toHaveLength(3);
    const result = JSON.parse(await readFile(path.join(run, 'result.json'), 'utf8')) as {
      outcomes: { key: string; status: string; reason: string }[];
    };
    const reasons = result.outcomes.map(({ status, reason }) => `${status}: ${reason}`).sort();
    const readBack = expect.stringMatching(/^failed: the server accepted it, but it could not be read back/) as string;
    const notStarted = expect.stringMatching(/^skipped: not started/) as string;
    expect(reasons).toEqual([
      expect.stringMatching(/^failed: dev: PATCH .*whether the server carried it out is unknown/),
      ...[readBack, readBack, notStarted, notStarted, notStarted],
    ]);
    for (const name of names) expect(ended.stdout).toMatch(new RegExp(`application/${name} `));
    expect(ended.text).toMatch(/liftlock plan dev/);
    sandbox().faults.clear();
    const again = await workspace.run(['apply', 'dev', '--yes'], options);
    expect(again.code).toBe(0);
    expect((await workspace.run(['plan', 'dev', '--exit-code'], options)).code).toBe(0);
  });
});

const disk = smallDisk();
(disk === undefined ? test.skip : test)(
  `a full disk leaves the files as they were${disk === undefined ? ' (skipped: no file system can be mounted here)' : ''}`,
  async () => {
    const full = await makeWorkspace(path.join(disk ?? '', 'ws'), { dev: sandbox().url });
    await full.write('filler', 'x'.repeat(100 * 1024));
    const files = await full.files();
    const ended = await full.run(['export', 'dev'], options);
    expect([ended.code, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toMatch(/the\s+disk\s+is\s+full/);
    expect(await full.files()).toEqual(files);
    await full.remove('filler');

    // A run that cannot be recorded does not begin.
    expect((await full.run(['export', 'dev'], options)).code).toBe(0);
    await full.edit('artifacts/applications/Mole.yaml', /$/, 'description: Changed\n');
    await full.write('filler', '').then(() => fill(path.join(full.root, 'filler')));
    const apply = await full.run(['apply', 'dev', '--yes'], options);
    expect([apply.code, apply.stderr.replaceAll(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringMatching(/The run cannot be recorded in .*ENOSPC.* Nothing was written to the server/),
    ]);
    expect(sandbox().journal.writes()).toEqual([]);
  },
);

/** Takes what is left of a disk. */
function fill(file: string): void {
  for (const size of [4096, 1])
    try {
      for (;;) appendFileSync(file, 'x'.repeat(size));
    } catch {
      // It is full now.
    }
}

afterAll(() => {
  if (disk === undefined) return;
  spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

function smallDisk(): string | undefined {
  const place = mkdtempSync(path.join(tmpdir(), 'liftlock-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', place]).status === 0;
  if (mounted) mkdirSync(path.join(place, 'ws'));
  else rmSync(place, { recursive: true });
  return mounted ? place : undefined;
}

const lockable = canLock();
(lockable ? test : test.skip)(
  `a folder without write permission leaves the files as they were${lockable ? '' : ' (skipped: chattr does not work here)'}`,
  async () => {
    const locked = path.join(workspace.root, 'artifacts/applications');
    const files = await workspace.files();
    spawnSync('chattr', ['+i', locked]);
    try {
      const ended = await workspace.run(['export', 'dev'], options);
      expect([ended.code, ended.stdout]).toEqual([1, '']);
      expect(ended.stderr).toMatch(/artifacts\/applications\/\w+\.yaml.*the\s+system\s+does\s+not\s+allow\s+it/s);
      expect(await workspace.files()).toEqual(files);
    } finally {
      spawnSync('chattr', ['-i', locked]);
    }
  },
);

function canLock(): boolean {
  const place = mkdtempSync(path.join(tmpdir(), 'liftlock-lock-'));
  const locked = spawnSync('chattr', ['+i', place]).status === 0;
  spawnSync('chattr', ['-i', place]);
  rmSync(place, { recursive: true });
  return locked;
}
