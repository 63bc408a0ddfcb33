import fc from '../fast-check';
import { readTaggedYaml, writeTaggedYaml } from '../../src/sandbox/exported-files/yaml';
import { readXml, writeXml, type XmlElement } from '../../src/sandbox/exported-files/xml';

const BOAT: XmlElement = {
  name: 'Boat',
  fields: {
    name: { name: 'Name' },
    launched: { name: 'IsLaunched', type: 'flag' },
    decks: { name: 'Decks', list: 'wrapped', item: 'Deck', fields: { number: { name: 'Number', type: 'whole' } } },
    crew: { name: 'crew', list: 'repeated' },
  },
};

/** Texts that XML can hold and that no reader trims. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((each) => /^[^\p{C}\s](.*[^\p{C}\s])?$/u.test(each) && !/\p{C}/u.test(each));

describe('files of the product', () => {
  test('what is written as XML is read back', () => {
    const boat = fc.record({
      name: text,
      launched: fc.boolean(),
      decks: fc.array(fc.record({ number: fc.integer() }), { minLength: 1 }),
      crew: fc.array(text, { minLength: 1 }),
    });
    fc.assert(fc.property(boat, (each) => expect(readXml(BOAT, writeXml(BOAT, each))).toEqual(each)));
  });

  test('what is written as YAML is read back, whatever its tags', () => {
    const boat = fc.dictionary(text, fc.jsonValue());
    fc.assert(
      fc.property(boat, (each) => {
        const plain = JSON.parse(JSON.stringify(each));
        expect(readTaggedYaml(writeTaggedYaml({ root: 'com.aldermere.Boat' }, plain))).toEqual(plain);
      }),
    );
  });

  test('the Java class stands in front as a tag', () => {
    const tags = { root: 'com.aldermere.Boat', item: () => 'com.aldermere.Deck' };
    const written = writeTaggedYaml(tags, { name: 'Tern', decks: [{ number: 1 }] });
    expect(written).toBe('!!com.aldermere.Boat\ndecks:\n- !!com.aldermere.Deck\n  number: 1\nname: Tern\n');
  });

  test('a tag is never acted on', () => {
    const attack = '!!javax.script.ScriptEngineManager [!!java.net.URL ["http://127.0.0.1:9/"]]';
    expect(readTaggedYaml(attack)).toBeUndefined();
    expect(readTaggedYaml(`name: ${attack}`)).toEqual({ name: [['http://127.0.0.1:9/']] });
  });

  test('aliases that unfold into a giant are refused', () => {
    const layers = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => [...pair])) {
      layers.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
    }
    expect(readTaggedYaml(layers.join('\n'))).toBeUndefined();
  });

  test.each([
    ['no XML', 'name: Tern'],
    ['another root', '<Ship/>'],
    ['an unclosed element', '<Boat><Name>Tern</Boat>'],
    ['a document type', '<!DOCTYPE Boat [<!ENTITY a "b">]><Boat><Name>&a;</Name></Boat>'],
  ])('%s is no boat', (_what, content) => expect(readXml(BOAT, content)).toBeUndefined());
});
