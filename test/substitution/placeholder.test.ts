import fc from '../fast-check';
import { escapeText, parseText, placeholdersOf, wholePlaceholder } from '../../src/substitution/placeholder';

const host = { namespace: 'var', name: 'host' };

test.each([
  ['plain', ['plain']],
  ['', ['']],
  ['{{var:host}}', [host]],
  ['https://{{var:host}}/{{secret:a.b-c_1}}', ['https://', host, '/', { namespace: 'secret', name: 'a.b-c_1' }]],
  ['{{var:host}}{{var:host}}', [host, host]],
  ['{{{var:host}}}', ['{', host, '}']],
  ['\\{{var:host}}', ['{{var:host}}']],
  ['\\\\{{var:host}}', ['\\', host]],
  ['\\\\\\{{var:host}}', ['\\{{var:host}}']],
  ['C:\\dir\\x', ['C:\\dir\\x']],
  ['{{user.name}} ${x} {{organization-name}} {{#if a}}', ['{{user.name}} ${x} {{organization-name}} {{#if a}}']],
  ['{{http://wso2.org/claims/mail}}', ['{{http://wso2.org/claims/mail}}']],
  ['a{{b', ['a{{b']],
  ['${{a:1}.a}', ['${{a:1}.a}']],
])('%j is read as it is meant', (text, parts) => {
  expect(parseText(text)).toEqual({ parts, mistakes: [] });
});

test.each([
  ['{{vars:host}}', '{{var:host}}'],
  ['{{Var:host}}', '{{var:host}}'],
  ['{{secrets:db}}', '{{secret:db}}'],
  ['{{ var:host }}', '{{var:host}}'],
  ['{{ENV:X}}', '{{env:X}}'],
  ['{{foo:bar}}', '{{var:NAME}}'],
  ['{{var:}}', 'letters'],
  ['{{var: x }}', 'letters'],
  ['{{var:a b}}', 'letters'],
  ['x {{var:host/cb', 'Close it'],
])('%j is a mistake with a hint', (text, hint) => {
  const { mistakes, parts } = parseText(text);
  expect(parts).toEqual([text]);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]?.hint).toContain(hint);
  expect(mistakes[0]?.hint).toContain('Write "\\{{');
});

test('every text survives escaping', () => {
  const piece = fc.constantFrom('{{', '}}', 'var:', 'secret:', 'x', '\\', ' ', 'foo:', '{', '://', 'é');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join('');
      expect(parseText(escapeText(text))).toEqual({ parts: [text], mistakes: [] });
    }),
    { numRuns: 2000 },
  );
});

test('the placeholders of a text, and the one that it consists of', () => {
  expect(placeholdersOf('a{{var:host}}b')).toEqual([host]);
  expect(wholePlaceholder('{{var:host}}')).toEqual(host);
  expect(wholePlaceholder('x{{var:host}}')).toBeUndefined();
  expect(wholePlaceholder('x')).toBeUndefined();
});
