import { pairTexts, unequalPlaces } from '../../../src/substitution/inference/align';
import { isEnvironmental, oddOneOut } from '../../../src/substitution/inference/pattern';
import { piecesOf } from '../../../src/substitution/inference/pieces';
import { formatPath } from '../../../src/model/path';
import type { Json } from '../../../src/model/json';

describe('a text is taken apart into what is the same and what differs', () => {
  test.each<[string, string[], ReturnType<typeof piecesOf>]>([
    [
      'a host is separated from its path',
      ['https://portal.dev.example/cb', 'https://portal.example/cb'],
      [['https://portal.dev.example', 'https://portal.example'], '/cb'],
    ],
    [
      'a port belongs to the host',
      ['https://localhost:3000/cb', 'https://portal.example/cb'],
      [['https://localhost:3000', 'https://portal.example'], '/cb'],
    ],
    ['a word in a sentence', ['Portal of dev', 'Portal of prod'], ['Portal of ', ['dev', 'prod']]],
    [
      'two addresses in one text',
      ['https://a.dev.example https://b.dev.example', 'https://a.example https://b.example'],
      [['https://a.dev.example', 'https://a.example'], ' ', ['https://b.dev.example', 'https://b.example']],
    ],
    [
      'another number of words: what stands between the common ends',
      ['roles: admin', 'roles: admin or owner of it'],
      ['roles: ', ['admin', 'admin or owner of it']],
    ],
    [
      'a text of several lines, line by line',
      ['var a = 1;\nvar net = "10.1.0.0/16";\n', 'var a = 1;\nvar net = "10.2.0.0/16";\n'],
      ['var a = 1;\nvar net = "', ['10.1.0.0', '10.2.0.0'], '/16";\n'],
    ],
    ['nothing in common', ['alpha', 'beta'], undefined],
    ['only quotes in common', ['"alpha"', '"beta"'], undefined],
    ['an empty text', ['', 'beta'], undefined],
  ])('%s', (_, texts, pieces) => expect(piecesOf(texts)).toEqual(pieces));
});

test('list elements are matched by identity, and only the fields that differ are named', () => {
  const lists = [{ pattern: [{ field: 'steps' }], rule: { path: 'steps', identity: ['id'] } }];
  const left: Json = { steps: [{ id: 'a', to: 'x' }, { id: 'b' }], same: 1 };
  const right: Json = { steps: [{ id: 'b' }, { id: 'a', to: 'y' }], same: 1, extra: true };
  const found = unequalPlaces([left, right], lists).map(({ path, values }) => [formatPath(path), values]);
  expect(found).toEqual([
    ['extra', [undefined, true]],
    ['steps[a].to', ['x', 'y']],
  ]);
});

test('texts of a list are paired by what they have in common, whatever their order', () => {
  const dev = ['https://portal.dev.example/callback', 'https://portal.dev.example/silent', 'app://open'];
  const prod = ['app://open', 'https://portal.example/silent', 'https://portal.example/callback'];
  expect(pairTexts([dev, prod], false)).toEqual([
    [dev[0], prod[2]],
    [dev[1], prod[1]],
    [dev[2], prod[0]],
  ]);
  expect(pairTexts([dev, prod.slice(1)], false)).toBeUndefined();
});

describe('what follows from an environment', () => {
  const environments = ['dev', 'preprod', 'prod'];
  test.each<[string, Json[], boolean]>([
    ['addresses', ['https://a.dev.example', 'https://a.pre.example', 'https://a.example'], true],
    ['names with the environment in them', ['portal-dev', 'portal-preprod', 'portal-prod'], true],
    ['short forms of its name', ['dev-portal', 'stg-portal', 'portal'], true],
    ['mail addresses', ['ops@dev.example', 'ops@pre.example', 'ops@corp.example'], true],
    ['a text', ['Portal', 'Portal', 'Portl'], false],
    ['numbers', [1, 2, 3], false],
  ])('%s', (_, row, expected) => expect(isEnvironmental(row, environments)).toBe(expected));
});

test('one of three or more that says something else is the odd one', () => {
  expect(oddOneOut([true, true, false])).toBe(2);
  expect(oddOneOut([1, '1', 1])).toBe(1);
  expect(oddOneOut([1, 2, 3])).toBeUndefined();
  expect(oddOneOut([1, 2])).toBeUndefined();
  expect(oddOneOut([1, 1, 2, 2])).toBeUndefined();
});
