import { LiftlockError } from '../../src/model/problem';
import { readFaultRules } from '../../src/sandbox/fault-rules/schema';
import { readShorthand } from '../../src/sandbox/fault-rules/shorthand';

const GET = { method: ['GET'], resource: '/applications' };

test.each([
  ['GET /applications 429 x3', { match: GET, times: 3, action: { status: 429 } }],
  ['get /applications 429 retry-after=2', { match: GET, action: { status: 429, headers: { 'Retry-After': '2' } } }],
  [
    '  GET   /applications  retry-after=0 503 ',
    { match: GET, action: { status: 503, headers: { 'Retry-After': '0' } } },
  ],
  ['GET /applications page=2 500', { match: { ...GET, page: 2 }, action: { status: 500 } }],
  ['prod: * * 25% reset', { match: {}, environments: ['prod'], probability: 0.25, action: { reset: 'before' } }],
  [
    'dev,prod: POST,PUT /a/** after=2 reset=after',
    {
      match: { method: ['POST', 'PUT'], resource: '/a/**' },
      environments: ['dev', 'prod'],
      after: 2,
      action: { reset: 'after' },
    },
  ],
  ['GET /applications delay=200', { match: GET, action: { delayMs: 200 } }],
  ['GET /applications delay=100-300', { match: GET, action: { delayMs: { min: 100, max: 300 } } }],
  ['GET /applications slow=64/100', { match: GET, action: { trickle: { bytes: 64, everyMs: 100 } } }],
  ['GET /applications cut', { match: GET, action: { truncate: true } }],
  ['GET /applications cut=10', { match: GET, action: { truncate: 10 } }],
  ['GET /applications html', { match: GET, action: { html: true } }],
  ['GET /applications token=refused', { match: GET, action: { token: 'refused' } }],
  ['GET /applications token=revoked', { match: GET, action: { token: 'revoked' } }],
  ['GET /applications hidden=2', { match: GET, action: { hidden: { reads: 2 } } }],
  ['GET /applications hidden=500ms', { match: GET, action: { hidden: { ms: 500 } } }],
  ['GET /applications half', { match: GET, action: { half: {} } }],
  ['GET /applications half=500', { match: GET, action: { half: { status: 500 } } }],
  [
    'GET /applications without=a,b.c half=500',
    { match: GET, action: { half: { without: ['a', 'b.c'], status: 500 } } },
  ],
])('%s', (line, rule) => {
  expect(readShorthand(line)).toEqual(rule);
  expect(readFaultRules([readShorthand(line)])).toEqual({ rules: [rule] });
});

/** Message and hint of the failure to read a line. */
function failureOf(line: string): string {
  try {
    readShorthand(line);
  } catch (error) {
    if (error instanceof LiftlockError) return error.problems.map(({ message, hint }) => `${message} | ${hint}`).join();
  }
  throw new Error(`${line} can be read`);
}

test.each([
  ['', /is too short \| Write METHOD PATH/],
  ['GET /applications', /is too short/],
  ['GET applications 429', /"applications" \(column 5\) is no path/],
  ['GET /applications 42x', /"42x" \(column 19\) is none of the words of a fault \| Words: page=2/],
  ['GET /applications hiden=3', /"hiden=3" \(column 19\).*Did you mean "hidden"\?/],
  ['GET /applications delay=x', /"delay=x" \(column 19\)/],
  ['GET /applications 429 503', /"503" \(column 23\) says "status" once more/],
  ['GET /applications x3', /does not say what happens/],
])('%j is refused, naming the word', (line, expected) => {
  expect(failureOf(line)).toMatch(expected);
});
