import { PathTree } from '../../src/sandbox/http/path-tree';

const tree = new PathTree<string>();
const patterns = [
  '/boats',
  '/boats/:id',
  '/boats/:id/crew',
  '/boats/fleet',
  '/boats/fleet/:part',
  '/boats/:id/crew/:name',
];
for (const pattern of patterns) tree.at(pattern, () => pattern);

test.each([
  ['/boats', '/boats', {}],
  ['/boats/', '/boats', {}],
  ['/boats/7', '/boats/:id', { id: '7' }],
  ['/boats/fleet', '/boats/fleet', {}],
  ['/boats/fleet/crew', '/boats/fleet/:part', { part: 'crew' }],
  ['/boats/fleet/crew/Ann', '/boats/:id/crew/:name', { id: 'fleet', name: 'Ann' }],
  ['/boats/a%2Fb%20c/crew', '/boats/:id/crew', { id: 'a/b c' }],
  ['/b%6Fats/:id', '/boats/:id', { id: ':id' }],
])('%s is found at %s', (path, value, params) => {
  expect(tree.find(path)).toEqual({ value, params });
});

test.each([
  '/',
  '',
  '/boat',
  '/boats/7/crew/Ann/x',
  '/boats//crew',
  '/boats/%ff',
  '/boats/%zz',
  '/__proto__',
  '/Boats',
])('nothing is at %j', (path) => {
  expect(tree.find(path)).toBeUndefined();
});

test('a pattern is there once, whoever asks for it first', () => {
  expect(tree.at('/boats/:id', () => 'another')).toBe('/boats/:id');
  expect(() => tree.at('/boats/:name', () => 'another')).toThrow(/other names/);
});
