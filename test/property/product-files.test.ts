import fc from '../fast-check';
import { LiftlockError } from '../../src/model/problem';
import { artifactsFromFile } from '../../src/products/wso2-is/files/convert';
import { wso2Is } from '../../src/products/wso2-is/product';
import { readProductFile } from '../../src/service-provider-files/read';
import {
  CLAIM_DIALECT,
  serviceProvider,
  YAML_IDENTITY_PROVIDER,
  YAML_SERVICE_PROVIDER,
} from '../service-provider-files/examples';

/** What is read, or refused with an error for users; anything else is a bug. */
function outcomeOf(bytes: Uint8Array | string, file: string): 'read' | 'refused' {
  try {
    const read = readProductFile(bytes, { file });
    artifactsFromFile(read, wso2Is.kinds, 'x');
    JSON.stringify(read.root);
    return 'read';
  } catch (error) {
    if (!(error instanceof LiftlockError)) throw error;
    expect(error.problems.every(({ message }) => message !== '' && !message.includes('\n'))).toBe(true);
    return 'refused';
  }
}

const clean = (): void => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
};

const names = fc.constantFrom(
  ...['ServiceProvider', 'ApplicationName', 'ClaimConfig', 'ClaimMappings', 'ClaimMapping', 'Properties', 'Property'],
  ...[
    'inboundConfiguration',
    'inboundConfigurationProtocol',
    'AuthenticationScript',
    'IsSaaSApp',
    'StepOrder',
    'toString',
  ],
  ...[
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'a:b',
    'a',
    'Tags',
    'DefaultAuthenticatorConfig',
    'IdentityProvider',
  ],
);
const pieces = fc.oneof(
  names.map((name) => `<${name}>`),
  names.map((name) => `</${name}>`),
  names.map((name) => `<${name} ${name}="1"/>`),
  fc.constantFrom(
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE x>',
    '&amp;',
    '&#xD;',
    '&#0;',
    '&e;',
  ),
  fc.string({ maxLength: 8 }),
);
const element: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[<&]/g, '')),
    fc
      .tuple(names, fc.array(tie('node'), { maxLength: 4 }))
      .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
  ),
})).node;

/** A real text with some of it cut out, doubled or replaced. */
function mutated(text: string, ...inserts: string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(30),
    insert: fc.oneof(fc.constantFrom('', ...inserts), fc.string({ maxLength: 5 })),
  });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce((result, { at, length, insert }) => result.slice(0, at) + insert + result.slice(at + length), text),
    );
}

const yamlPieces = fc.oneof(
  fc.constantFrom(
    'applicationName: x\n',
    'identityProviderName: ',
    'dialectURI: ',
    '- ',
    '? ',
    ': ',
    '&a ',
    '*a',
    '<<: ',
  ),
  fc.constantFrom(
    '!!org.x.Y ',
    '!!java.util.List ',
    '{',
    '}',
    '[',
    ']',
    '|\n  ',
    '>-\n ',
    '"',
    "'",
    '__proto__: ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\t',
  ),
  fc.string({ maxLength: 6 }),
);

describe('whatever a file holds, it is read or refused with an error for users', () => {
  const cases: readonly (readonly [string, fc.Arbitrary<string>, string, number])[] = [
    ['pieces of XML', fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')), 'a.xml', 500],
    ['well-formed XML', element.map((text) => `<ServiceProvider>${text}</ServiceProvider>`), 'a.xml', 500],
    ['changed service providers', mutated(serviceProvider(), '<a>', ']]>', '&', '<!', '</'), 'a.xml', 400],
    ['changed claim dialects', mutated(CLAIM_DIALECT.xml, '<a>', '&#1;', '"'), 'a.xml', 200],
    ['pieces of YAML', fc.array(yamlPieces, { maxLength: 30 }).map((all) => all.join('')), 'a.yaml', 500],
    [
      'changed service providers in YAML',
      mutated(YAML_SERVICE_PROVIDER, '\n', ': ', '- ', '*id001', '!!x '),
      'a.yaml',
      150,
    ],
    ['changed identity providers in YAML', mutated(YAML_IDENTITY_PROVIDER, '\n', '{', '}', 'null'), 'a.yaml', 150],
    ['changed claim dialects in JSON', mutated(CLAIM_DIALECT.json, '{', '"', ',', 'null', '1e999'), 'a.json', 200],
  ];

  test.each(cases)('%s', (_name, texts, file, numRuns) => {
    fc.assert(
      fc.property(texts, (text) => {
        outcomeOf(text, file);
        clean();
      }),
      { numRuns },
    );
  });

  test('any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        outcomeOf(JSON.stringify({ applicationName: 'x', claimConfig: value, anything: value }), 'a.json');
        clean();
      }),
      { numRuns: 200 },
    );
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('a.xml', 'a.yaml', 'a'), (bytes, file) => {
        outcomeOf(bytes, file);
      }),
      { numRuns: 300 },
    );
  });

  test('the mutations leave some files readable, so that more than the refusals is tried', () => {
    const sample = fc.sample(mutated(serviceProvider(), ' '), { numRuns: 200, seed: 7 });
    const outcomes = new Set(sample.map((text) => outcomeOf(text, 'a.xml')));
    expect([...outcomes].sort()).toEqual(['read', 'refused']);
  });
});
