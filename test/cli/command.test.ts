import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SampleCommand, SECRET } from './sample-command';

interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | string | undefined;
}

/** Runs the sample command in this process. */
async function run(...argv: string[]): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    }),
  );
  process.exitCode = undefined;
  try {
    await SampleCommand.start(argv);
    return { ...written, exitCode: process.exitCode };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}

describe('a command that ends well', () => {
  test('gives its result as JSON, format first', async () => {
    const { stdout, stderr, exitCode } = await run(
      'dev',
      '--json',
      '--kind',
      'a,b',
      '--only',
      'application/T*',
      '-C',
      'ws',
    );
    expect(stdout).toMatch(/^\{\n {2}"format": 1,\n/);
    expect(JSON.parse(stdout)).toEqual({
      format: 1,
      environment: 'dev',
      selection: { kinds: ['a', 'b'], only: ['application/T*'], except: [] },
      folder: resolve('ws'),
    });
    expect([stderr, exitCode]).toEqual(['', undefined]);
  });

  test('takes arguments after flags that may be repeated', async () => {
    expect((await run('--kind', 'a', '--except', 'x', 'dev')).exitCode).toBeUndefined();
  });

  test('prints reports and writes report files; with --json only the files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'liftlock-cli-'));
    try {
      const files = ['a.md', 'b.html'].map((name) => join(folder, name));
      const text = await run('dev', '--end', 'report', ...files.flatMap((file) => ['--report', file]));
      expect(text.stdout).toContain('Plan for prod: 1 to create');
      expect(files.every(existsSync)).toBe(true);
      expect(JSON.parse((await run('dev', '--end', 'report', '--json')).stdout)).toMatchObject({ environment: 'dev' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('asks nobody where nobody sits', async () => {
    expect((await run('dev', '--end', 'confirm')).stdout).toBe('unavailable\n');
  });

  test('shows no progress where nobody watches', async () => {
    expect((await run('dev', '--end', 'progress')).stderr).toBe('');
  });
});

describe('a command that fails', () => {
  test('says why on stderr, without secrets', async () => {
    const { stdout, stderr, exitCode } = await run('dev', '--end', 'failure');
    expect(stderr).toBe('error  It failed with ***.\n  → Not ***.\n');
    expect([stdout, exitCode]).toEqual(['', 1]);
  });

  test('gives a JSON document with --json, without secrets', async () => {
    const { stdout, stderr, exitCode } = await run('dev', '--end', 'failure', '--json');
    expect(JSON.parse(stdout)).toEqual({
      format: 1,
      error: { problems: [{ code: 'some-code', message: 'It failed with ***.', severity: 'error', hint: 'Not ***.' }] },
    });
    expect([stderr, exitCode]).toEqual(['', 1]);
  });

  test.each([
    [['dev', '--nope'], 'Nonexistent flag: --nope'],
    [[], 'Missing 1 required arg'],
    [['dev', 'more'], 'Unexpected argument: more'],
    [['dev', '--number', 'x'], 'Expected an integer'],
    [['dev', '--report', 'x.pdf'], 'does not tell the format'],
  ])('wrong usage %j: short text, exit code 1', async (argv, message) => {
    const { stdout, stderr, exitCode } = await run(...argv);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n +at |Note:|\t/);
    expect(stderr.split('\n').length).toBeLessThanOrEqual(6);
    expect([stdout, exitCode]).toEqual(['', 1]);
    expect(JSON.parse((await run(...argv, '--json')).stdout)).toMatchObject({ format: 1, error: { problems: [{}] } });
  });

  test.each([
    ['--numbr', 'Did you mean "--number"? Run liftlock sample --help'],
    ['--jsn', 'Did you mean "--json"?'],
    ['--frobnicate', '→ Run liftlock sample --help'],
  ])('the mistyped flag %s has a nearest one, or none', async (flag, hint) => {
    expect((await run('dev', flag)).stderr.replace(/\s+/g, ' ')).toContain(hint);
  });

  test('tells a bug without stack and secrets, with the stack when debugging', async () => {
    const { stderr, exitCode } = await run('dev', '--end', 'bug');
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('inside Liftlock: TypeError: no x of *** →');
    expect(stderr).not.toMatch(/\n +at |second line/);
    expect(exitCode).toBe(1);
    process.env['LIFTLOCK_DEBUG'] = '1';
    try {
      const debugged = await run('dev', '--end', 'bug');
      expect(debugged.stderr).toMatch(/\n +at /);
      expect(debugged.stderr).not.toContain(SECRET);
      expect(debugged.stderr).not.toContain('user:pw');
    } finally {
      delete process.env['LIFTLOCK_DEBUG'];
    }
  });

  test('says what the system refused', async () => {
    expect((await run('dev', '--end', 'denied')).stderr).toBe("error  EACCES: permission denied, open '/x'\n");
  });

  test('ends with the exit code asked for, silently', async () => {
    expect(await run('dev', '--end', 'exit')).toEqual({ stdout: '', stderr: '', exitCode: 2 });
    expect(await run('dev', '--end', 'pipe')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });

  test('ends with 130 when it is interrupted, and gives the signals back', async () => {
    const before = process.listenerCount('SIGINT');
    const { stderr, exitCode } = await run('dev', '--end', 'interrupt');
    expect(stderr).toContain('error  Interrupted.');
    expect(exitCode).toBe(130);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
