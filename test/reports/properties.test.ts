import fc from '../fast-check';
import type { Difference } from '../../src/model/difference';
import type { Json } from '../../src/model/json';
import type { Plan } from '../../src/model/plan';
import type { Problem } from '../../src/model/problem';
import { FORMATS } from '../../src/reports/formats';
import { LONGEST_MARKDOWN } from '../../src/reports/markdown';
import { reportOf, type Report } from '../../src/reports/report';
import { renderTerminal } from '../../src/reports/terminal/terminal';
import { columns } from '../../src/reports/terminal/width';

const SENTINEL = 'S3CRET-VALUE';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ maxLength: 120 }),
  fc.constantFrom(
    '\x1b[31mred',
    '<b>&amp;</b>',
    ']]>',
    '日本語'.repeat(30),
    'a\nb\r\nc\n',
    '\u202e',
    '\ud800',
    'x'.repeat(300),
  ),
);
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json);
const value = fc.oneof(text, json);
const path = fc.oneof(
  text,
  fc.constantFrom('a.b', 'list[https://a/b]', 'a.steps[1].options[LOCAL/x].y', `${'long.'.repeat(40)}end`),
);
const difference = fc.oneof(
  fc.record({ path, change: fc.constant('change' as const), from: value, to: value }),
  fc.record({ path, change: fc.constant('add' as const), to: value }),
  fc.record({ path, change: fc.constant('remove' as const), from: value }),
  // Worse than the comparison ever gives: a secret with its values still there.
  fc.record({
    path,
    change: fc.constantFrom('add', 'remove', 'change'),
    from: fc.constant(SENTINEL),
    to: fc.constant(SENTINEL),
    secret: fc.constant(true as const),
  }),
) satisfies fc.Arbitrary<Difference>;
const name = { kind: fc.oneof(fc.constant('application'), text), key: text };
const remark = fc.record({ ...name, path: fc.option(path, { nil: undefined }), why: text });
const problem: fc.Arbitrary<Problem> = fc.record({
  code: fc.constantFrom('some-code', 'other'),
  message: text,
  severity: fc.constantFrom('error', 'warning', 'info'),
  place: fc.option(fc.record({ file: text, line: fc.nat() }), { nil: undefined }),
  hint: fc.option(text, { nil: undefined }),
  artifact: fc.option(text, { nil: undefined }),
});
const operation = fc.record({
  ...name,
  action: fc.constantFrom('create', 'update', 'delete'),
  reason: text,
  differences: fc.array(difference, { maxLength: 6 }),
  requests: fc.constant([]),
  dependsOn: fc.constant([]),
  fingerprint: fc.constant({}),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  format: fc.constant(1),
  environment: text,
  product: text,
  version: text,
  operations: fc.array(operation, { maxLength: 4 }),
  unchanged: fc.nat(),
  skipped: fc.array(remark, { maxLength: 3 }),
  notCarried: fc.array(remark, { maxLength: 8 }),
  awaitingPrune: fc.array(fc.record(name), { maxLength: 3 }),
  unmanaged: fc.array(fc.record(name), { maxLength: 3 }),
  problems: fc.array(problem, { maxLength: 3 }),
});
const finding = fc.record({
  ...name,
  id: fc.constant('aabbccdd'),
  class: fc.constantFrom('drift', 'pending', 'conflict'),
  presence: fc.constantFrom('changed', 'missing-on-server', 'missing-in-files'),
  differences: fc.array(
    fc.tuple(difference, fc.constantFrom('drift', 'pending', 'conflict')).map(([one, own]) => ({ ...one, class: own })),
    { maxLength: 5 },
  ),
  file: fc.option(text, { nil: undefined }),
});
const drift = fc.record({
  environment: text,
  baseline: fc.option(text, { nil: undefined }),
  findings: fc.array(finding, { maxLength: 4 }),
  unchanged: fc.nat(),
  unmanaged: fc.array(fc.record(name), { maxLength: 2 }),
  notCompared: fc.array(remark, { maxLength: 2 }),
  problems: fc.array(problem, { maxLength: 2 }),
});
const report: fc.Arbitrary<Report> = fc.oneof(
  plan.map((data) => reportOf('plan', data)),
  fc.array(drift, { minLength: 1, maxLength: 3 }).map((environments) => reportOf('drift', { format: 1, environments })),
  fc.array(problem, { maxLength: 6 }).map((problems) => reportOf('lint', { format: 1, files: 1, problems })),
);

const withoutColours = (line: string): string => line.replaceAll(/\x1b\[\d+m/g, '');

describe('whatever a report holds', () => {
  test('no line of the terminal is wider than it but for a long word of a problem, ends in spaces or holds a control character', () => {
    fc.assert(
      fc.property(
        report,
        fc.integer({ min: 20, max: 200 }),
        fc.boolean(),
        fc.boolean(),
        (one, width, colour, unicode) => {
          const lines = renderTerminal(one, { width, colour, unicode }).split('\n').map(withoutColours);
          const longest = (line: string): number => Math.max(...line.split(' ').map(columns));
          expect(lines.filter((line) => columns(line) > width && columns(line) - longest(line) > width / 2)).toEqual(
            [],
          );
          expect(lines.filter((line) => /\s$|[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(line))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('no format shows a secret', () => {
    fc.assert(
      fc.property(report, (one) => {
        for (const render of Object.values(FORMATS)) expect(render(one)).not.toContain(SENTINEL);
        expect(renderTerminal(one, { width: 80, colour: true })).not.toContain(SENTINEL);
      }),
      { numRuns: 200 },
    );
  });

  test('XML and HTML are escaped, JSON and SARIF can be read, Markdown fits', () => {
    fc.assert(
      fc.property(report, (one) => {
        const [xml, html] = [FORMATS['xml']?.(one) ?? '', FORMATS['html']?.(one) ?? ''];
        for (const page of [xml, html]) {
          expect(page).not.toMatch(/[^\t\n\x20-\ud7ff\ue000-\u{10ffff}]/u);
          expect(page).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
        }
        expect(xml.replaceAll(/<[?/]?[a-z-]+(?: [\w-]+="[^"<>]*")*[?/]?>/g, '')).not.toMatch(/[<>]/);
        for (const format of ['json', 'sarif']) JSON.parse(FORMATS[format]?.(one) ?? '');
        expect((FORMATS['md']?.(one) ?? '').length).toBeLessThanOrEqual(LONGEST_MARKDOWN);
      }),
      { numRuns: 200 },
    );
  });
});
