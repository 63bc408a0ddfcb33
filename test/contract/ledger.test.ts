import type { Exchange } from '../../src/sandbox/http/exchanges';
import type { Difference } from './differences';
import { Ledger, type Judge } from './ledger';
import { sumOf, tallyLine } from './tally';
import type { Violation } from './validator';

const exchange: Exchange = {
  version: '7.0',
  method: 'GET',
  url: '/api/server/v1/boats?limit=1',
  requestBody: '',
  status: 200,
  headers: {},
  body: '[]',
  fault: false,
};
const violation: Violation = {
  operation: 'GET /boats',
  place: 'answer 200 [].berth.number',
  breach: 'wrong type',
  details: 'must be integer',
};
const difference: Difference = {
  versions: { since: '6.1', until: '7.0' },
  operation: 'GET /boats',
  place: 'answer 200 [].berth.number',
  breach: 'wrong type',
  why: 'berths are numbered with letters',
  source: '§0',
};

const ledger = (differences: readonly Difference[] = [], judge: Judge = () => [violation]): Ledger =>
  new Ledger(judge, differences);

describe('the ledger of exchanges', () => {
  test('tells a violation with operation, version, contract, place and request', () => {
    const kept = ledger();
    kept.record(exchange);
    expect(kept.take()).toEqual([
      [
        'GET /boats (7.0, contract 7.0.0)',
        '    answer 200 [].berth.number: wrong type (must be integer)',
        '    first seen at GET /api/server/v1/boats?limit=1',
      ].join('\n'),
    ]);
  });

  test('tells it once for each version', () => {
    const kept = ledger();
    kept.record(exchange);
    kept.record(exchange);
    expect(kept.take()).toHaveLength(1);
    kept.record(exchange);
    expect(kept.take()).toEqual([]);
    kept.record({ ...exchange, version: '7.1' });
    expect(kept.take()).toHaveLength(1);
  });

  test.each<[string, Difference]>([
    ['a line of the table', difference],
    ['a line for all versions', { ...difference, versions: 'all' }],
    ['a line with a star', { ...difference, operation: '* /boats*', place: 'answer * [].berth.*' }],
  ])('does not tell what %s explains, but counts it', (_name, line) => {
    const kept = ledger([line]);
    kept.record(exchange);
    expect(kept.take()).toEqual([]);
    expect(kept.tally).toMatchObject({ validated: { '7.0.0': 1 }, documented: 1 });
    expect(kept.tally.used).toHaveLength(1);
  });

  test.each<[string, Difference]>([
    ['other versions', { ...difference, versions: { since: '7.1' } }],
    ['older versions', { ...difference, versions: { until: '6.1' } }],
    ['another operation', { ...difference, operation: 'GET /boat' }],
    ['another place', { ...difference, place: 'answer 200 [].berth' }],
    ['a place that only looks like it', { ...difference, place: 'answer 200 ...berth.number' }],
    ['another violation', { ...difference, breach: 'missing' }],
  ])('tells what only a line for %s explains', (_name, line) => {
    const kept = ledger([line]);
    kept.record(exchange);
    expect(kept.take()).toHaveLength(1);
    expect(kept.tally).toMatchObject({ documented: 0, used: [] });
  });

  test('leaves out and counts what a fault struck and what no contract describes', () => {
    const kept = ledger();
    kept.record({ ...exchange, fault: true });
    kept.record({ ...exchange, url: '/t/carbon.super/oauth2/token' });
    kept.record({ ...exchange, url: '/sandbox/journal' });
    kept.record({ ...exchange, url: '/t/carbon.super/scim2/v2/Roles?count=1' });
    expect(kept.take()).toEqual([]);
    expect(kept.tally).toMatchObject({ validated: {}, faults: 1, outside: 3 });
  });

  test('tells when the check itself fails', () => {
    const kept = ledger([], () => {
      throw new Error('no such schema');
    });
    kept.record(exchange);
    expect(kept.take()).toEqual([expect.stringContaining('not checked (Error: no such schema')]);
  });
});

test('the line at the end of a run adds up what all test files counted', () => {
  const tally = { validated: { '5.11.0': 1200, newest: 34 }, faults: 5, outside: 6, documented: 7, used: ['a'] };
  const sum = sumOf([tally, tally, { ...tally, validated: { '5.11.0': 45831 }, used: ['b'] }]);
  expect(sum.used).toEqual(['a', 'b']);
  expect(tallyLine(sum)).toBe(
    'Contract: 48 299 exchanges validated against 2 contract sets (5.11.0: 48 231, newest: 68), ' +
      '21 of them different as the documented table says, ' +
      '15 answered by faults and 18 outside of the contract left out',
  );
});
