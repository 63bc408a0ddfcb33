import fc from '../fast-check';
import { parse } from 'yaml';
import { convert, rendered } from '../workflows/from-iamctl/aldermere';

/*
 * Keywords with any value at all: the new workspace says what the keyword says, in every environment, and a difference
 * is reported exactly when substitution in raw text would have sent something else.
 */

const NASTY = [...'ab 0.\'"\\:#{}[],&*!|>%@`-\n\t<$~=?é'];
const value = fc
  .array(
    fc.oneof(fc.constantFrom(...NASTY), fc.constantFrom('{{var:x}}', '{{OTHER}}', '${', ' #', ': ', '\\n', "''")),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(''))
  // `${a}` names a process variable, which test/workflows/from-iamctl/faults.test.ts is about.
  .filter((text) => text.trim() !== '' && !/\$\{\w+\}/.test(text));

/** How a file holds a text with a placeholder, and how the text of the field is read from the substituted file. */
interface Place {
  readonly file: string;
  readonly text: (placeholder: string) => string;
  readonly read: (text: string) => unknown;
}

const fields = (text: string): unknown => JSON.stringify(parse(text));
const PLACES: Place[] = [
  { file: 'a.yml', text: (x) => `name: a\ndescription: '${x}'\n`, read: fields },
  { file: 'a.yml', text: (x) => `name: a\ndescription: "${x}"\n`, read: fields },
  { file: 'a.yml', text: (x) => `name: a\ndescription: to ${x} now\n`, read: fields },
  { file: 'a.yml', text: (x) => `name: a\ndescription: |-\n    first\n    ${x}.\n`, read: fields },
  {
    file: 'a.json',
    text: (x) => `{ "name": "a", "description": "${x}" }`,
    read: (text) => JSON.stringify(JSON.parse(text)),
  },
];

const XML_PLACE: Place = {
  file: 'a.xml',
  text: (x) =>
    `<?xml version="1.0"?><ServiceProvider><ApplicationName>a</ApplicationName><Description>${x}</Description></ServiceProvider>`,
  // Without markup in it, a text is what it says.
  read: (text) => {
    const inside = /<Description>(.*)<\/Description>/s.exec(text)?.[1] ?? '';
    if (/[<&]|\]\]>/.test(inside)) throw new Error('markup');
    return JSON.stringify({ description: inside });
  },
};
PLACES.push(XML_PLACE);

/** What the field is meant to say, by the same file with a harmless word in place of the keyword. */
function meantBy(place: Place, text: string): unknown {
  const word = 'Harmless';
  return String(place.read(place.text(word))).replace(word, () => JSON.stringify(text).slice(1, -1));
}

function sentBy(place: Place, text: string): unknown {
  try {
    return place.read(place.text(text));
  } catch {
    return undefined;
  }
}

describe.each(PLACES.map((place) => [place.text('{{K}}'), place] as const))('in %j', (_text, place) => {
  test('the workspace says what the keyword says, and what raw text would have spoilt is reported', () => {
    fc.assert(
      fc.property(value, value, (dev, prod) => {
        const conversion = convert(
          { dev: { shared: { K: dev } }, prod: { shared: { K: prod } } },
          { [`Applications/${place.file}`]: place.text('{{K}}') },
        );
        expect(conversion.report.artifacts).toEqual([
          expect.objectContaining({ key: 'a', file: expect.any(String) as string }),
        ]);
        for (const [name, text] of [
          ['dev', dev],
          ['prod', prod],
        ] as const) {
          const { description } = rendered(conversion, name, 'application/a');
          const meant = JSON.parse(String(meantBy(place, text))) as { description: string };
          expect(description).toBe(meant.description);
          const isSpoilt = sentBy(place, text) !== meantBy(place, text);
          const reported = conversion.report.differences.filter(({ environment }) => environment === name);
          expect(reported.length > 0).toBe(isSpoilt);
          for (const difference of reported) expect(difference.keywords).toEqual(['K']);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Fields for numbers and flags, with the keyword in quotes or without. */
const TYPED = [
  {
    quoted: true,
    text: `name: a\nadvancedConfigurations:\n    saas: '{{FLAG}}'\ninboundProtocolConfiguration:\n    oidc:\n        grantTypes: [password]\n        refreshToken:\n            expiryInSeconds: '{{COUNT}}'\n`,
    file: 'a.yml',
  },
  {
    quoted: false,
    text: `name: a\nadvancedConfigurations:\n    saas: {{FLAG}}\ninboundProtocolConfiguration:\n    oidc:\n        grantTypes: [password]\n        refreshToken:\n            expiryInSeconds: {{COUNT}}\n`,
    file: 'a.yml',
  },
  {
    quoted: true,
    text: '{"name": "a", "advancedConfigurations": {"saas": "{{FLAG}}"}, "inboundProtocolConfiguration": {"oidc": {"grantTypes": ["password"], "refreshToken": {"expiryInSeconds": "{{COUNT}}"}}}}',
    file: 'a.json',
  },
  {
    quoted: false,
    text: '{"name": "a", "advancedConfigurations": {"saas": {{FLAG}}}, "inboundProtocolConfiguration": {"oidc": {"grantTypes": ["password"], "refreshToken": {"expiryInSeconds": {{COUNT}}}}}}',
    file: 'a.json',
  },
];

test.each(TYPED)('numbers and flags keep their type: $text', ({ quoted, text, file }) => {
  const typed = fc.record({ COUNT: fc.nat().map(String), FLAG: fc.boolean().map(String) });
  fc.assert(
    fc.property(typed, typed, typed, (dev, prod, own) => {
      const conversion = convert(
        { dev: { shared: dev }, prod: { shared: prod, own: { APPLICATIONS: { a: own } } } },
        { [`Applications/${file}`]: text },
      );
      for (const [name, { COUNT, FLAG }] of [
        ['dev', dev],
        ['prod', own],
      ] as const) {
        expect(rendered(conversion, name, 'application/a')).toMatchObject({
          advancedConfigurations: { saas: FLAG === 'true' },
          inboundProtocolConfiguration: { oidc: { refreshToken: { expiryInSeconds: Number(COUNT) } } },
        });
      }
      const reasons = conversion.report.differences.map(({ reason }) => reason);
      expect(reasons).toEqual(quoted ? Array<string>(4).fill('type-lost') : []);
    }),
    { numRuns: 30 },
  );
});
