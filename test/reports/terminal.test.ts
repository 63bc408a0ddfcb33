import type { Difference } from '../../src/model/difference';
import { warningProblem, errorProblem } from '../../src/model/problem';
import { reportOf } from '../../src/reports/report';
import { foldPair } from '../../src/reports/terminal/layout';
import { lookOf } from '../../src/reports/terminal/look';
import { renderProblems } from '../../src/reports/terminal/problems';
import { renderTerminal } from '../../src/reports/terminal/terminal';
import { columns } from '../../src/reports/terminal/width';
import { emptyPlan } from './samples';

function updateOf(differences: readonly Difference[], width = 80, colour = false): string {
  const operation = { kind: 'application', key: 'A', action: 'update' as const, reason: 'differs', differences };
  const operations = [{ ...operation, requests: [], dependsOn: [], fingerprint: {} }];
  return renderTerminal(reportOf('plan', { ...emptyPlan, operations }), { width, colour });
}

describe('values on a terminal', () => {
  test('tells texts from what they look like', () => {
    const text = updateOf([
      { path: 'a', change: 'change', from: true, to: 'true' },
      { path: 'b', change: 'change', from: '', to: null },
      { path: 'c', change: 'change', from: 'x ', to: 'x' },
      { path: 'd', change: 'change', from: ['1', '2'], to: { a: [1, { b: 'x,y' }] } },
    ]);
    expect(text).toContain('a  true → "true"');
    expect(text).toContain('b  "" → null');
    expect(text).toContain('c  "x " → x');
    expect(text).toContain('d  "1", "2" → {a: [1, {b: "x,y"}]}');
  });

  test('keeps the difference of two long texts in sight', () => {
    const start = 'https://'.padEnd(200, 'x');
    const text = updateOf([{ path: 'a', change: 'change', from: `${start}OLD`, to: `${start}NEW` }]);
    expect(text).toMatch(/− …x+OLD\n +\+ …x+NEW\n/);
  });

  test('shows only what changed of a long script, and how much more there is', () => {
    const lines = Array.from({ length: 200 }, (_, n) => `line ${n}`);
    const changed = lines.map((line, n) => (n === 100 ? 'CHANGED' : line));
    const text = updateOf([{ path: 'script', change: 'change', from: lines.join('\n'), to: changed.join('\n') }]);
    expect(text).toContain('… 98 unchanged lines');
    expect(text).toContain('− line 100\n        + CHANGED');
    const other = updateOf([{ path: 'script', change: 'change', from: lines.join('\n'), to: 'all\nnew' }]);
    expect(other).toContain('… 186 more lines');
  });

  test('shows white space at the end of a line, and a line end that is missing', () => {
    expect(updateOf([{ path: 's', change: 'change', from: 'a\nb\n', to: 'a  \nb\n' }])).toContain('+ a··\n');
    expect(updateOf([{ path: 's', change: 'change', from: 'a\nb', to: 'a\nb\n' }])).toContain('b\n        +\n');
    expect(updateOf([{ path: 's', change: 'change', from: '\ta\nb', to: '  a\nb' }])).toContain('− \\ta\n');
  });

  test('spells out what could trick a terminal', () => {
    const text = updateOf([
      { path: 'a', change: 'change', from: '\x1b]0;title\x07', to: 'safe\u202egnp.exe\u200b\r\x9b31m' },
    ]);
    expect(text).toContain('\\x1b]0;title\\x07 → safe\\u{202e}gnp.exe\\u{200b}\\r\\x9b31m');
  });

  test('colours signs when asked, and only then', () => {
    const difference: Difference = { path: 'a', change: 'change', from: 1, to: 2 };
    expect(updateOf([difference], 80, true)).toContain('\x1b[33m~\x1b[0m');
    expect(updateOf([difference], 80, true)).toContain('\x1b[31m1\x1b[0m');
    expect(updateOf([difference])).not.toContain('\x1b');
  });

  test('counts wide characters and combining marks', () => {
    expect(columns('日本語')).toBe(6);
    expect(columns('e\u0301')).toBe(1);
    expect(columns('🚢')).toBe(2);
  });

  test('folds pairs without cutting a character in half', () => {
    const look = lookOf({ width: 80, colour: false });
    const [from, to] = foldPair(`${'🚢'.repeat(40)}\u{1f6a2}`, `${'🚢'.repeat(40)}\u{1f6a3}`, 30, look);
    for (const text of [from, to]) expect(text).not.toMatch(/\p{Cs}/u);
    expect(from).not.toBe(to);
  });
});

describe('renderProblems', () => {
  const options = { width: 80, colour: false };

  test('puts place, severity, message and hint where they are looked for', () => {
    const place = { file: 'environments/prod.yaml', line: 12, column: 5 };
    const problems = [
      errorProblem('a', 'The variable "portal" is not set.', { place, hint: 'Add it under variables.' }),
      warningProblem('b', 'Something about the whole.'),
      errorProblem('c', 'It failed.', { artifact: 'application/A', environment: 'prod' }),
      errorProblem('d', 'application/A failed.', { artifact: 'application/A' }),
    ];
    expect(renderProblems(problems, options)).toBe(
      [
        'environments/prod.yaml:12:5  error  The variable "portal" is not set.',
        '  → Add it under variables.',
        'warning  Something about the whole.',
        'application/A  error  It failed.',
        'error  application/A failed.',
        '',
      ].join('\n'),
    );
  });

  test('wraps long messages and puts them below long places', () => {
    const place = { file: `artifacts/applications/${'x'.repeat(60)}.yaml`, line: 1 };
    const text = renderProblems([errorProblem('a', 'word '.repeat(40).trim(), { place })], options);
    expect(text.split('\n')[1]).toMatch(/^ {2}word word/);
  });
});
