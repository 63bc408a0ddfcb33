import { spawnSync } from 'node:child_process';
import {
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';

const LOADER = path.resolve(__dirname, '../../dist/cli/compiled-code.js');

/** Says on standard output what it is, and keeps a function that only `used` calls. */
const PROGRAM = `exports.say = (word) => { const text = word + ' one'; process.stdout.write(text); };`;

let folder: string;
let program: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'liftlock-code-'));
  program = path.join(folder, 'program.js');
  writeFileSync(program, PROGRAM);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('compiled code', () => {
  it('is kept beside the program, and a program that has it says the same', () => {
    expect(run('plan')).toBe('plan one');
    expect(kept()).toHaveLength(1);
    expect(run('plan')).toBe('plan one');
  });

  it('is kept for each command, once', () => {
    run('plan');
    run('export');
    expect(kept()).toEqual([expect.stringContaining('.export.'), expect.stringContaining('.plan.')]);
    const before = statSync(file('.plan.'), { bigint: true });
    run('plan');
    expect(statSync(file('.plan.'), { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  });

  it('is not kept by a run that failed before it did its work', () => {
    run('plan', 'process.exitCode = 1');
    expect(kept()).toEqual([]);
  });

  it('is not used for a program that has changed, even when it is as long as before', () => {
    run('plan');
    writeFileSync(program, PROGRAM.replace('one', 'two'));
    expect(run('plan')).toBe('plan two');
    expect(run('plan')).toBe('plan two');
  });

  it.each([
    ['cut', (code: Buffer) => code.subarray(0, code.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['no code at all', () => Buffer.from('{"source":1}\nnonsense')],
    [
      'changed in one place',
      (code: Buffer) => Buffer.concat([code.subarray(0, -9), Buffer.from('x'), code.subarray(-8)]),
    ],
  ])('is made anew when it is %s', (_name, damaged) => {
    run('plan');
    const whole = readFileSync(file('.plan.'));
    writeFileSync(file('.plan.'), damaged(whole));
    expect(run('plan')).toBe('plan one');
    const anew = readFileSync(file('.plan.'));
    const code = anew.subarray(anew.indexOf('\n') + 1);
    expect(heading(anew)).toEqual({ ...heading(whole), code: crc32(code) });
  });

  it('is not used by another executable of Node, which it could make crash', () => {
    run('plan');
    const other = path.join(folder, 'node.js');
    copyFileSync(process.execPath, other, constants.COPYFILE_FICLONE);
    expect(run('plan', '', other)).toBe('plan one');
    expect(kept()).toHaveLength(2);
  });

  it('is neither used nor kept with NODE_DISABLE_COMPILE_CACHE', () => {
    run('plan');
    const place = file('.plan.');
    writeFileSync(place, '');
    expect(run('plan', '', process.execPath, { NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('plan one');
    expect(readFileSync(place, 'utf8')).toBe('');
  });

  it('is not needed where the folder cannot be written', () => {
    // A folder in its place refuses the file even to an administrator.
    run('plan');
    const place = file('.plan.');
    rmSync(place);
    mkdirSync(path.join(place, 'taken'), { recursive: true });
    expect(run('plan')).toBe('plan one');
    expect(kept()).toEqual([path.basename(place)]);
  });

  it('is not kept for words that are no command', () => {
    expect(run('--token=s3cret')).toBe('--token=s3cret one');
    expect(kept()).toEqual([]);
  });

  it('is kept for files beside the program, too, which are loaded once', () => {
    writeFileSync(path.join(folder, 'other.js'), `process.stdout.write('once '); exports.name = 'other';`);
    writeFileSync(
      program,
      `exports.say = () => process.stdout.write(require('./other.js').name + require('./other.js').name);`,
    );
    expect(run('plan')).toBe('once otherother');
    expect(kept()).toHaveLength(2);
  });
});

function run(command: string, then = '', node = process.execPath, variables: NodeJS.ProcessEnv = {}): string {
  const load = `require(${JSON.stringify(LOADER)}).loadCompiled(${JSON.stringify(program)}, process.argv[1])`;
  const words = ['-e', `${load}.say(process.argv[1]); ${then}`, '--', command];
  const { stdout, stderr } = spawnSync(node, words, { encoding: 'utf8', env: { ...process.env, ...variables } });
  expect(stderr).toBe('');
  return stdout;
}

function kept(): string[] {
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.js'))
    .sort();
}

function file(part: string): string {
  return path.join(folder, String(kept().find((name) => name.includes(part))));
}

function heading(code: Buffer): object {
  return JSON.parse(code.toString('latin1').split('\n', 1)[0] ?? '') as object;
}
