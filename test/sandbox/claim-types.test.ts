import { sandboxed } from './api';
import type { JsonObject } from '../../src/model/json';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const LOCAL = '/claim-dialects/local/claims';
const uri = (name: string) => `http://wso2.org/claims/${name}`;

function claim(name: string, more: object = {}): object {
  return {
    claimURI: uri(name),
    displayName: name,
    attributeMapping: [{ mappedAttribute: name, userstore: 'PRIMARY' }],
    ...more,
  };
}

describe('data types of claims', () => {
  const server = sandboxed({ version: '7.3' });

  test.each<[string, object, string]>([
    ['an unknown data type', { dataType: 'knots' }, 'UE-10000'],
    ['a complex claim without parts', { dataType: 'complex' }, 'CMT-60014'],
    ['several booleans', { dataType: 'boolean', multiValued: true }, 'CMT-60018'],
    ['options for a number', { dataType: 'integer', canonicalValues: [{ label: 'One', value: '1' }] }, 'CMT-60019'],
    ['a date picker for a text', { inputFormat: { inputType: 'date_picker' } }, 'CMT-60017'],
    ['an unknown input', { inputFormat: { inputType: 'wheel' } }, 'CMT-60017'],
    ['a value that is too long', { properties: [{ key: 'k', value: 'x'.repeat(1025) }] }, 'CMT-60003'],
  ])('%s is refused', async (_what, more, code) => {
    expect(await server.api.post(LOCAL, claim('draught', more))).toMatchObject({ status: 400, body: { code } });
  });

  test('a part cannot have parts', async () => {
    await server.api.create(LOCAL, claim('keel'));
    await server.api.create(LOCAL, claim('hull', { dataType: 'complex', subAttributes: [uri('keel')] }));
    const nested = claim('keel', { dataType: 'complex', subAttributes: [uri('rib')] });
    const reply = await server.api.put(`${LOCAL}/${encoded(uri('keel'))}`, nested);
    expect(reply).toMatchObject({ status: 400, body: { code: 'CMT-60016' } });
  });

  test('inputs of many values suit claims of many values', async () => {
    const inputFormat = { inputType: 'checkbox_group' };
    expect((await server.api.post(LOCAL, claim('ports', { multiValued: true, inputFormat }))).status).toBe(201);
    expect((await server.api.post(LOCAL, claim('port', { inputFormat }))).status).toBe(400);
  });

  test('a list can be cut to a profile', async () => {
    const profiles = { console: { supportedByDefault: true }, endUser: { supportedByDefault: false } };
    await server.api.create(LOCAL, claim('berth', { supportedByDefault: true, profiles }));
    const named = async (query: string): Promise<JsonObject[]> =>
      (await server.api.readList(`${LOCAL}${query}`)).filter((each) => each.claimURI === uri('berth'));
    expect(await named('?profile=console')).toHaveLength(1);
    expect(await named('?profile=endUser')).toHaveLength(0);
    expect(await named('?profile=selfRegistration')).toHaveLength(1);
  });

  test('a claim in a dialect without claims is missing with the dialect', async () => {
    const path = '/claim-dialects/bm93aGVyZQ/claims/bm93aGVyZQ';
    expect(await server.api.get(path)).toMatchObject({ status: 404, body: { code: 'CMT-50017' } });
    expect((await server.api.delete(path)).status).toBe(204);
  });
});
