import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const RUN = join(ROOT, 'bin/run.js');

function node(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: tmpdir() });
  return { stdout, stderr, status };
}

describe('bin/run.js', () => {
  test('answers --version without loading anything', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const expected = `liftlock/${version} ${process.platform}-${process.arch} node-${process.version}\n`;
    expect(node(RUN, '--version')).toEqual({ stdout: expected, stderr: '', status: 0 });
  });

  test('tells an old Node in one line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'liftlock-bin-'));
    try {
      const preload = join(folder, 'old.js');
      for (const version of ['18.20.0', '20.18.3', '12.0.0']) {
        writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`);
        const { stderr, status } = node('--require', preload, RUN, 'plan', 'prod');
        expect(stderr).toBe(`Liftlock needs Node 20.19 or newer; this is Node ${version}.\n`);
        expect(status).toBe(1);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('bin/dev.js', () => {
  test('runs the sources; an unknown command ends with 1 and no stack', () => {
    const { stdout, stderr, status } = node(join(ROOT, 'bin/dev.js'), 'no-such-command', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, error: { problems: [{ code: 'unknown-command' }] } });
    expect(stderr).not.toMatch(/\n +at /);
    expect(status).toBe(1);
  });
});

test('the base class loads neither reports nor any of the big libraries', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    // Types cost nothing: `import type` is not there any more when the program runs.
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*? from '([^']+)';/gms)) {
      if (name.startsWith('.')) follow(`${join(dirname(file), name)}.ts`);
      else if (!name.startsWith('node:')) packages.add(name);
    }
  };
  follow(join(ROOT, 'src/cli/command.ts'));
  expect([...packages]).toEqual(['@oclif/core']);
  expect([...seen].filter((file) => file.includes('reports'))).toEqual([]);
  expect(seen.size).toBeGreaterThan(5);
});
