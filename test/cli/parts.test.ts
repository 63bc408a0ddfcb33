import { PassThrough } from 'node:stream';
import { confirm } from '../../src/cli/confirm';
import { endingOf } from '../../src/cli/ending';
import { interruptible } from '../../src/cli/interrupt';
import { startProgress } from '../../src/cli/progress';
import { terminalStyle } from '../../src/cli/style';
import { failure, LiftlockError } from '../../src/model/problem';

describe('endingOf', () => {
  const context = { secrets: ['s3cret'], command: 'liftlock plan', debug: false };

  test('keeps the exit code of an expected failure, and 130 for an interrupted request', () => {
    expect(endingOf(new LiftlockError([], 3), context).exitCode).toBe(3);
    expect(endingOf(failure('interrupted', 'Interrupted.'), context).exitCode).toBe(130);
    expect(endingOf(AbortSignal.abort().reason, context).exitCode).toBe(130);
  });

  test('blots out secrets and what looks like a credential', () => {
    const bug = new Error('Authorization: Bearer abc.def client_secret=xyz&a=b "password": "p" s3cret');
    expect(endingOf(bug, context).problems[0]?.message).toMatch(
      /Bearer \*\*\* client_secret=\*\*\*&a=b "password": \*\*\*.* \*\*\*$/,
    );
  });

  test('copes with what is no error at all', () => {
    expect(endingOf('text', context).problems[0]?.code).toBe('bug');
    expect(endingOf(undefined, context).exitCode).toBe(1);
  });
});

describe('terminalStyle', () => {
  const tty = { isTTY: true, columns: 100 };

  test('uses the terminal; without one nothing is cut, nor broken unless COLUMNS asks for it', () => {
    expect(terminalStyle(tty, {})).toEqual({ width: 100, full: false, colour: true, unicode: true });
    expect(terminalStyle({ isTTY: true }, {}).width).toBe(80);
    expect(terminalStyle({ isTTY: true, columns: 500 }, {}).width).toBe(140);
    expect(terminalStyle({}, {})).toEqual({ width: Infinity, full: true, colour: false, unicode: true });
    expect(terminalStyle({}, { COLUMNS: '80' })).toMatchObject({ width: 80, full: true });
  });

  test('obeys NO_COLOR before FORCE_COLOR, and knows dumb terminals', () => {
    expect(terminalStyle(tty, { NO_COLOR: '1', FORCE_COLOR: '1' }).colour).toBe(false);
    expect(terminalStyle({}, { FORCE_COLOR: '1' }).colour).toBe(true);
    expect(terminalStyle(tty, { FORCE_COLOR: '0' }).colour).toBe(false);
    expect(terminalStyle(tty, { TERM: 'dumb' }).colour).toBe(false);
  });

  test('keeps to ASCII on the Linux console and in the C locale', () => {
    expect(terminalStyle(tty, { TERM: 'linux' }).unicode).toBe(false);
    expect(terminalStyle(tty, { LANG: 'C' }).unicode).toBe(false);
    expect(terminalStyle(tty, { LANG: 'C', LC_ALL: 'C.UTF-8' }).unicode).toBe(true);
  });
});

describe('startProgress', () => {
  function recorded(live: boolean): {
    text: () => string;
    at: (time: number) => void;
    progress: ReturnType<typeof startProgress>;
  } {
    let [text, time] = ['', 0];
    const stream = { write: (part: string) => (text += part), columns: 60 };
    const progress = startProgress('Reading prod', { stream, live, now: () => time });
    return { text: () => text, at: (now) => (time = now), progress };
  }

  test('rewrites one line, not too often, with counts and the time left, and clears it', () => {
    const { text, at, progress } = recorded(true);
    progress.update(0, 100);
    progress.update(1, 100);
    at(4000);
    progress.update(25, 100);
    progress.note('A note.');
    at(4001);
    progress.update(100, 100);
    progress.end();
    const line = (content: string): string => `\r\x1b[K${content}`;
    expect(text()).toBe(
      [
        line('Reading prod  0/100  0%'),
        line('Reading prod  25/100  25%  about 12 s left'),
        line(''),
        'A note.\n',
        line('Reading prod  25/100  25%  about 12 s left'),
        line('Reading prod  100/100  100%'),
        line(''),
      ].join(''),
    );
  });

  test('writes notes only where nobody watches', () => {
    const { text, progress } = recorded(false);
    progress.update(1, 2);
    progress.note('A note.');
    progress.end();
    expect(text()).toBe('A note.\n');
  });
});

describe('confirm', () => {
  function terminal(): { input: PassThrough & { isTTY: boolean }; output: PassThrough & { isTTY: boolean } } {
    const make = (): PassThrough & { isTTY: boolean } => Object.assign(new PassThrough(), { isTTY: true });
    return { input: make(), output: make() };
  }

  test.each([
    ['y\n', 'yes'],
    ['YES\n', 'yes'],
    ['\n', 'no'],
    ['yesterday\n', 'no'],
  ])('%j means %s', async (typed, answer) => {
    const { input, output } = terminal();
    input.write(typed);
    expect(await confirm('Apply?', { noInput: false, input, output })).toBe(answer);
    expect(String(output.read())).toContain('Apply? [y/N] ');
  });

  test('the end of the input is no', async () => {
    const { input, output } = terminal();
    input.end();
    expect(await confirm('Apply?', { noInput: false, input, output })).toBe('no');
  });

  test('is unavailable without a terminal or with --no-input', async () => {
    const { input, output } = terminal();
    expect(await confirm('Apply?', { noInput: true, input, output })).toBe('unavailable');
    expect(await confirm('Apply?', { noInput: false, input: new PassThrough(), output })).toBe('unavailable');
    expect(await confirm('Apply?', { noInput: false, input, output: new PassThrough() })).toBe('unavailable');
  });
});

test('interruptible: the first signal aborts, the second ends at once', () => {
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { signal, dispose } = interruptible();
  try {
    process.emit('SIGTERM');
    expect([signal.aborted, exit.mock.calls]).toEqual([true, []]);
    process.emit('SIGINT');
    expect(exit.mock.calls).toEqual([[130]]);
  } finally {
    dispose();
    exit.mockRestore();
    write.mockRestore();
  }
});
