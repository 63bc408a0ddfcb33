import { renderArtifact } from '../../src/substitution/render';
import { parsePath } from '../../src/model/path';
import { placeOfPath, validateArtifact } from '../../src/workspace/validate';
import { scopeWith, shopKind, templateOf } from '../substitution/shop-kind';
import { shown } from './temporary-folder';

const scope = scopeWith({ n: 'text', list: ['a', 'b'], bad: ['a', 1], goods: [{ id: 'v' }, { idd: 'w' }], neg: -1 });

function problemsOf(text: string) {
  const template = templateOf(text, 'f.yaml');
  const { value, unknownSecrets } = renderArtifact(shopKind, template, scope);
  return validateArtifact(shopKind, value, template, { environment: 'dev', unknownSecrets });
}

test.each([
  ['name: S\nnotte: x\n', 'unknown-field f.yaml:2:1 Did you mean "note"?'],
  ['name: S\ngoods:\n  - id: a\n    prize: 1\n', 'unknown-field f.yaml:4:5 Did you mean "price"?'],
  ['name: S\ndelivery: {tpye: x}\n', 'unknown-field f.yaml:2:12 Did you mean "type"?'],
  ['name: S\nopen: "yes"\n', 'wrong-type f.yaml:2:7'],
  ['name: S\nnote: 5\n', 'wrong-type f.yaml:2:7 Write it in quotes to make it a text.'],
  ['name: S\nrank: "{{var:n}}"\n', 'wrong-type f.yaml:2:7'],
  ['name: S\nurls: x\n', 'wrong-type f.yaml:2:7'],
  ['name: S\nurls: "{{var:bad}}"\n', 'wrong-type f.yaml:2:7'],
  ['name: S\nurls:\n  - x\n  - "{{var:bad}}"\n', 'wrong-type f.yaml:4:5'],
  ['name: S\nurls:\n  - "{{var:list}}"\n  - 7\n', 'wrong-type f.yaml:4:5'],
  ['name: S\ngoods:\n  - price: 1\n', 'missing-field f.yaml:3:5'],
  ['name: S\ngoods: "{{var:goods}}"\n', 'unknown-field f.yaml:2:8 Did you mean "id"?'],
  ['name: S\nmode: FSAT\n', 'invalid-value f.yaml:2:7 Did you mean "FAST"?'],
  ['name: S\nclientSecret: "********"\n', 'mask-as-value f.yaml:2:15'],
  ['name: S\ngoods: [{id: a, properties: [{key: k, value: ENCRYPTED PROPERTY}]}]\n', 'mask-as-value f.yaml:2:46'],
  ['name: S\nrank: "{{var:neg}}"\ngoods: [{id: a}, {id: b, price: 3}]\n', 'invalid-artifact f.yaml:3:33'],
])('%j', (text, expected) => {
  const problems = problemsOf(text);
  expect(problems.map(shown).join('\n')).toContain(expected);
  expect(problems[0]).toMatchObject({ artifact: 'shop/S', environment: 'dev', severity: 'error' });
});

test('expected and found types are named', () => {
  expect(problemsOf('name: S\nopen: [1]\n')[0]?.message).toBe('"open": expected true or false, found a list');
  expect(problemsOf('name: S\ngoods: [x]\n')[0]?.message).toBe('"goods[1]": expected a map, found a text');
});

test('what is right has no problems; a required secret that is not known here is not missing', () => {
  expect(problemsOf('name: S\nurls: ["{{var:list}}", c]\nopen: true\n')).toEqual([]);
  expect(problemsOf('name: S\ngoods: [{id: "{{secret:nope}}"}]\n')).toEqual([]);
});

test('a keyed path has a place', () => {
  const template = templateOf('name: S\ngoods:\n  - id: a\n  - id: b\n    price: 3\n', 'f.yaml');
  expect(placeOfPath(shopKind, template, parsePath('goods[b].price'))).toEqual({ file: 'f.yaml', line: 5, column: 12 });
  expect(placeOfPath(shopKind, template, parsePath('goods[zz].price'))).toEqual({ file: 'f.yaml', line: 3, column: 3 });
});
