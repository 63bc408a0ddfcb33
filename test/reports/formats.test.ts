import { renderHtml } from '../../src/reports/html';
import { FORMATS } from '../../src/reports/formats';
import { renderJson } from '../../src/reports/json';
import { LONGEST_MARKDOWN, renderMarkdown } from '../../src/reports/markdown';
import { reportOf } from '../../src/reports/report';
import { renderSarif } from '../../src/reports/sarif';
import type { Plan } from '../../src/model/plan';
import { KINDS, sample } from './all';
import { drift, emptyPlan, lint, plan } from './samples';

const EVIL =
  '</code></details><script>alert(1)</script> ```` @admin #12 | **x** [a](javascript:x) ![i](http://e/i.png)';

function planWith(key: string, value: string, count = 1): Plan {
  const operations = Array.from({ length: count }, (_, n) => ({
    kind: 'application',
    key: count === 1 ? key : `${key} ${n}`,
    action: 'update' as const,
    reason: 'differs',
    differences: [{ path: 'description', change: 'change' as const, from: 'old', to: value }],
    requests: [],
    dependsOn: [],
    fingerprint: {},
  }));
  return { ...emptyPlan, operations };
}

describe('HTML', () => {
  test('is one page without scripts and outside resources', () => {
    for (const kind of KINDS) {
      const page = renderHtml(sample(kind));
      expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=|\b(?:src|href)=/i);
      expect(page).toContain("default-src 'none'");
    }
  });

  test('escapes every value', () => {
    const page = renderHtml(reportOf('plan', planWith(EVIL, `${EVIL}\n${EVIL}`)));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('closes what it opens', () => {
    for (const kind of KINDS) {
      const page = renderHtml(sample(kind)).replace(/<style>.*<\/style>/s, '');
      for (const tag of [
        'section',
        'details',
        'summary',
        'div',
        'table',
        'tbody',
        'tr',
        'th',
        'td',
        'ul',
        'li',
        'pre',
        'span',
        'p',
        'del',
        'ins',
        'header',
        'main',
      ]) {
        const opened = page.match(new RegExp(`<${tag}[\\s>]`, 'g'))?.length ?? 0;
        expect([tag, page.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0]).toEqual([tag, opened]);
      }
    }
  });
});

describe('Markdown', () => {
  test('lets no value out of its place', () => {
    const text = renderMarkdown(reportOf('plan', planWith(EVIL, `${EVIL}\n${EVIL}`)));
    const fence = /^(`{5,})diff$/m.exec(text)?.[1] ?? '';
    expect(fence).toBe('`````');
    const outside = text
      .split(fence)
      .filter((_, index) => index % 2 === 0)
      .join('');
    expect(outside).not.toMatch(/<script|\*\*x\*\*|\]\(|@admin|(?<!&)#12|````/);
  });

  test('stays within what a comment holds, and says what is missing', () => {
    const report = reportOf('plan', planWith('App', 'x'.repeat(350), 900));
    const text = renderMarkdown(report);
    expect(text.length).toBeLessThanOrEqual(LONGEST_MARKDOWN);
    expect(text.length).toBeGreaterThan(LONGEST_MARKDOWN / 2);
    expect(text).toMatch(/> \d+ more entries left out/);
    expect(text).toContain('_(details left out)_');
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('stays within it for thousands of problems and remarks, too', () => {
    const problems = Array.from({ length: 5000 }, (_, n) => ({
      code: 'x',
      message: `Problem ${n}`,
      severity: 'error' as const,
    }));
    expect(renderMarkdown(reportOf('lint', { ...lint, problems })).length).toBeLessThanOrEqual(LONGEST_MARKDOWN);
    const notCarried = Array.from({ length: 5000 }, (_, n) => ({
      kind: 'application',
      key: `A${n}`,
      why: `reason ${n}`,
    }));
    expect(renderMarkdown(reportOf('plan', { ...plan, notCarried })).length).toBeLessThanOrEqual(LONGEST_MARKDOWN);
  });
});

describe('JSON', () => {
  test('starts with its format and ends with a newline; the same data give the same bytes', () => {
    for (const kind of KINDS) {
      const text = renderJson(sample(kind));
      expect(text).toMatch(/^\{\n {2}"format": 1,\n/);
      expect(text.endsWith('}\n')).toBe(true);
      expect(renderJson(sample(kind))).toBe(text);
    }
  });
});

describe('SARIF', () => {
  interface Result {
    ruleId: string;
    ruleIndex: number;
    level: string;
    partialFingerprints: Record<string, string>;
    locations: { physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } } }[];
  }
  const read = (text: string): { rules: { id: string }[]; results: Result[] } => {
    const log = JSON.parse(text) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[] }[];
    };
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    return { rules: run?.tool.driver.rules ?? [], results: run?.results ?? [] };
  };

  test('names rules by problem code and drift class, with places', () => {
    const { rules, results } = read(renderSarif(sample('lint')));
    expect(rules.map(({ id }) => id)).toEqual(['insecure-redirect', 'unknown-field', 'variable-missing']);
    for (const result of results) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'artifacts/applications/Travel%20Portal.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 7, startColumn: 5 },
    });
  });

  test('keeps fingerprints when a problem moves to another line', () => {
    const moved = lint.problems.map((problem) => ({
      ...problem,
      ...(problem.place && { place: { ...problem.place, line: 99 } }),
    }));
    const prints = (data: typeof lint): unknown =>
      read(renderSarif(reportOf('lint', data))).results.map((one) => one.partialFingerprints);
    expect(prints({ ...lint, problems: moved })).toEqual(prints(lint));
    expect(read(renderSarif(reportOf('drift', drift))).results[0]?.partialFingerprints).toEqual({
      'liftlock/v1': 'd1d1d1d1',
    });
  });
});

test('every kind of report has every format', () => {
  for (const kind of KINDS) {
    for (const render of Object.values(FORMATS)) expect(render(sample(kind)).endsWith('\n')).toBe(true);
  }
});
