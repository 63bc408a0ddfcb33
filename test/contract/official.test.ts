import type { Exchange } from '../../src/sandbox/http/exchanges';
import { VERSIONS } from '../../src/sandbox/versions';
import { ContractSet, isContractThere, SET_OF, SETS, type SetName } from './sets';
import { Validator } from './validator';

/* The official files, which lie beside the repository, not in it. */
const official = isContractThere ? describe : describe.skip;

official(
  isContractThere ? 'the official files' : 'the official files (skipped: ../shared/contract is not there)',
  () => {
    const validators = new Map<SetName, Validator>();
    const found = (set: SetName, exchange: Partial<Exchange>): string[] => {
      const validator = validators.get(set) ?? new Validator(new ContractSet(set));
      validators.set(set, validator);
      return validator
        .violations({
          version: '7.1',
          method: 'GET',
          url: '/api/server/v1/applications/1',
          requestType: 'application/json',
          requestBody: '',
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: '{"name":"Kiosk"}',
          fault: false,
          ...exchange,
        })
        .map(({ operation, place, breach }) => `${operation} · ${place} · ${breach}`);
    };

    test.each(SETS)('%s knows an application, and what is none', (set) => {
      const body = { name: 7, colour: 'red', authenticationSequence: { type: 'SOME' } };
      const answer = 'GET /applications/{applicationId} · answer 200';
      expect(found(set, {})).toEqual([]);
      // The values of the sequence type stand behind a text that the files write against the rules of YAML.
      expect(found(set, { body: JSON.stringify(body) }).sort()).toEqual([
        `${answer} .authenticationSequence.type · wrong value`,
        `${answer} .colour · undeclared`,
        `${answer} .name · wrong type`,
      ]);
    });

    test.each(SETS)('%s knows that a claim is made of two other models, and what is none of them', (set) => {
      const url = '/api/server/v1/claim-dialects/local/claims/1';
      const [first = '', ...others] = found(set, { url, body: '{"colour":"red"}' });
      expect(first).toBe('GET /claim-dialects/local/claims/{claim-id} · answer 200 .colour · undeclared');
      expect(others).toEqual([]);
    });

    test.each(SETS)('%s knows the user stores; the API resources are known from 7.0.0', (set) => {
      const apis = found(set, {
        url: '/api/server/v1/api-resources',
        body: '{"links":[],"apiResources":[{"name":1}]}',
      });
      const stores = found(set, { url: '/api/server/v1/userstores', body: '[{"name":1}]' });
      expect(stores).toContain('GET /userstores · answer 200 [].name · wrong type');
      expect(apis).toContain(
        SETS.indexOf(set) < SETS.indexOf('7.0.0')
          ? 'GET /api/server/v1/api-resources · answer 200 · unknown operation'
          : 'GET /api-resources · answer 200 .apiResources[].name · wrong type',
      );
    });
  },
);

official('every official file', () => {
  test.each(SETS)('of %s can be read', (set) => {
    expect(new ContractSet(set).size).toBeGreaterThan(50);
  });
});

test('every version of the sandbox is held against a set, a newer one never against an older set', () => {
  const sets = VERSIONS.map((version) => SETS.indexOf(SET_OF[version]));
  expect(sets).toEqual([...sets].sort());
  expect(new Set(sets).size).toBe(SETS.length);
});
