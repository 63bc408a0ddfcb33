import { renderJunit } from '../../src/reports/junit';
import { renderMarkdown } from '../../src/reports/markdown';
import { reportOf } from '../../src/reports/report';
import { renderSarif } from '../../src/reports/sarif';
import { renderTerminal } from '../../src/reports/terminal/terminal';
import { KINDS, sample } from './all';
import { expectGolden } from './golden';
import { drift, emptyPlan, plan } from './samples';

const TERMINAL = { width: 80, colour: false };

describe('reports read as the files in golden/ show', () => {
  test.each(KINDS)('%s on a terminal', (kind) => {
    expectGolden(`${kind}.terminal.txt`, renderTerminal(sample(kind), TERMINAL));
  });

  test('a plan on a narrow terminal that knows only ASCII', () => {
    const text = renderTerminal(sample('plan'), { width: 50, colour: false, unicode: false });
    expectGolden('plan-narrow-ascii.terminal.txt', text);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test.each(['plan', 'drift', 'lint'] as const)('%s as Markdown', (kind) => {
    expectGolden(`${kind}.md.txt`, renderMarkdown(sample(kind)));
  });

  test.each(['plan', 'drift', 'lint'] as const)('%s as JUnit', (kind) => {
    expectGolden(`${kind}.junit.txt`, renderJunit(sample(kind)));
  });

  test.each(['drift', 'lint'] as const)('%s as SARIF', (kind) => {
    expectGolden(`${kind}.sarif.txt`, renderSarif(sample(kind)));
  });
});

describe('closing lines', () => {
  const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

  test('a plan without operations', () => {
    expect(renderTerminal(reportOf('plan', emptyPlan), TERMINAL)).toBe('prod is as the files say: nothing to do.\n');
    const protectedOnly = { ...emptyPlan, skipped: plan.skipped };
    expect(lastLine(renderTerminal(reportOf('plan', protectedOnly), TERMINAL))).toBe(
      'prod: nothing to do; 3 artifacts differ and are left alone.',
    );
  });

  test('a plan that cannot be applied never says that there is nothing to do', () => {
    const problems = [{ code: 'x', message: 'The listing failed.', severity: 'error' as const }];
    const text = renderTerminal(reportOf('plan', { ...emptyPlan, problems }), TERMINAL);
    expect(text).not.toContain('nothing to do');
    expect(text.replaceAll('\n', ' ')).toContain('It cannot be applied: 1 error.');
  });

  test('no drift', () => {
    const clean = { ...drift, environments: drift.environments.slice(0, 1) };
    expect(renderTerminal(reportOf('drift', clean), TERMINAL)).toBe('preprod: no drift, 52 artifacts as applied.\n');
  });

  test('nothing differs, nothing to lint, nothing exported', () => {
    const equal = {
      format: 1 as const,
      left: 'a',
      right: 'b',
      artifacts: [],
      unchanged: 3,
      notShown: { artifacts: 0, byFiles: 0, byServers: 0 },
      notCompared: [],
      problems: [],
    };
    expect(renderTerminal(reportOf('diff', equal), TERMINAL)).toBe('a and b are the same: 3 artifacts compared.\n');
    expect(renderTerminal(reportOf('lint', { format: 1, files: 1, problems: [] }), TERMINAL)).toBe(
      '1 file checked: all is well.\n',
    );
    const none = { format: 1 as const, environment: 'dev', files: [], skipped: [], problems: [] };
    expect(renderTerminal(reportOf('export', none), TERMINAL)).toBe('Export of dev: nothing changed.\n');
  });
});
