import fc from '../fast-check';
import { Faults, type FaultRule } from '../../src/sandbox/faults';

const LIST = '/api/server/v1/applications?limit=2&offset=';
const always = { status: 503 };

/** Which of n equal requests a rule strikes. */
function struck(rule: FaultRule, requests: number, seed: number): boolean[] {
  const faults = new Faults('dev', seed);
  faults.set([rule]);
  return Array.from({ length: requests }, () => faults.strike('GET', `${LIST}0`) !== undefined);
}

describe('chance', () => {
  test('the same seed strikes the same requests; another one strikes others', () => {
    const rule: FaultRule = { match: {}, probability: 0.5, action: always };
    expect(struck(rule, 64, 7)).toEqual(struck(rule, 64, 7));
    expect(struck(rule, 64, 7)).not.toEqual(struck(rule, 64, 8));
  });

  test('requests that a rule does not match change nothing for those that it does', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), fc.nat(999), (isMatching, seed) => {
        const faults = new Faults('dev', seed);
        faults.set([{ match: { method: 'GET' }, probability: 0.4, action: always }]);
        const outcomes = isMatching.map((matches) => faults.strike(matches ? 'GET' : 'POST', '/x') !== undefined);
        const alone = struck({ match: {}, probability: 0.4, action: always }, isMatching.length, seed);
        const expected = alone.slice(0, isMatching.filter(Boolean).length);
        expect(outcomes.filter((_outcome, index) => isMatching[index])).toEqual(expected);
      }),
    );
  });

  test.each([0.05, 0.25, 0.5, 0.9])('%f strikes about that share', (probability) => {
    const hits = struck({ match: {}, probability, action: always }, 4000, 3).filter(Boolean).length;
    expect(Math.abs(hits / 4000 - probability)).toBeLessThan(0.03);
  });

  test('after and times count as without chance: requests left alone, and strikes', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.integer({ min: 1, max: 10 }), fc.nat(99), (after, times, seed) => {
        const outcomes = struck({ match: {}, after, times, probability: 0.5, action: always }, 60, seed);
        expect(outcomes.slice(0, after)).not.toContain(true);
        expect(outcomes.filter(Boolean).length).toBeLessThanOrEqual(times);
        const plain = struck({ match: {}, after, times, action: always }, 60, seed);
        expect(plain.indexOf(true)).toBe(after);
        expect(plain.filter(Boolean)).toHaveLength(times);
      }),
    );
  });

  test('two rules have chances of their own', () => {
    const faults = new Faults('dev', 5);
    faults.set([
      { match: { method: 'GET' }, probability: 0.5, action: always },
      { match: { method: 'POST' }, probability: 0.5, action: always },
    ]);
    const turns = Array.from({ length: 64 }, () => ['GET', 'POST'].map((method) => faults.strike(method, '/x')));
    expect(turns.filter(([get, post]) => !get !== !post).length).toBeGreaterThan(10);
  });
});

describe('which requests', () => {
  const strikes = (match: FaultRule['match'], method: string, url: string): boolean => {
    const faults = new Faults();
    faults.set([{ match, action: always }]);
    return faults.strike(method, url) !== undefined;
  };

  test.each([
    ['/applications', '/api/server/v1/applications?limit=2', true],
    ['/applications', '/t/carbon.super/api/server/v1/applications/', true],
    ['/applications', '/api/server/v1/applications/1', false],
    ['/applications/*', '/api/server/v1/applications/1', true],
    ['/applications/*', '/api/server/v1/applications', false],
    ['/applications/*', '/api/server/v1/applications/1/inbound-protocols', false],
    ['/applications/**', '/api/server/v1/applications/1/inbound-protocols/oidc', true],
    ['/applications/**', '/api/server/v1/applications', true],
    ['/**/oidc', '/api/server/v1/applications/1/inbound-protocols/oidc', true],
    ['/Roles', '/t/carbon.super/scim2/v2/Roles', true],
    ['/oauth2/token', '/t/carbon.super/oauth2/token', true],
    ['/claim-dialects/*.org', '/api/server/v1/claim-dialects/wso2.org', true],
    ['/claim-dialects/*.org', '/api/server/v1/claim-dialects/wso2_org', false],
  ])('the resource %s and %s: %s', (resource, url, expected) => {
    expect(strikes({ resource }, 'GET', url)).toBe(expected);
  });

  test('the page of a list is counted by the limit of the request', () => {
    const pages = [0, 2, 4].map((offset) => strikes({ page: 2 }, 'GET', `${LIST}${offset}`));
    expect(pages).toEqual([false, true, false]);
    expect(strikes({ page: 2 }, 'GET', '/api/server/v1/applications?offset=30')).toBe(true);
  });

  test('several methods, and those in small letters', () => {
    const match = { method: ['put', 'PATCH'] };
    expect(['GET', 'PUT', 'PATCH'].map((method) => strikes(match, method, '/x'))).toEqual([false, true, true]);
  });

  test('a rule for other environments leaves this one alone', () => {
    const faults = new Faults('dev');
    const rule = { match: {}, action: always };
    faults.set([{ ...rule, environments: ['prod'] }]);
    expect(faults.strike('GET', '/x')).toBeUndefined();
    faults.set([{ ...rule, environments: ['prod', 'dev'] }]);
    expect(faults.strike('GET', '/x')?.action).toEqual(always);
  });
});
