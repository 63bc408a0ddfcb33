import fc from '../fast-check';
import { assignFiles, fileName } from '../../src/workspace/file-names';

test.each([
  ['Travel Portal', 'Travel Portal.yaml'],
  ['../../escaped', '%2E.%2F..%2Fescaped.yaml'],
  ['Team/App', 'Team%2FApp.yaml'],
  ['http://wso2.org/claims/mail', 'http%3A%2F%2Fwso2.org%2Fclaims%2Fmail.yaml'],
  ['CON', '%43ON.yaml'],
  ['con.x', '%63on.x.yaml'],
  ['aux ', 'aux%20.yaml'],
  ['Lpt1', '%4Cpt1.yaml'],
  ['console', 'console.yaml'],
  ['a.', 'a%2E.yaml'],
  [' a', '%20a.yaml'],
  ['.hidden', '%2Ehidden.yaml'],
  ['100%', '100%25.yaml'],
  ['a\u0000b\nc', 'a%00b%0Ac.yaml'],
  ['a\u202eb', 'a%E2%80%AEb.yaml'],
  ['Café', 'Café.yaml'],
  ['Cafe\u0301', 'Café.yaml'],
])('%j is stored as %j', (key, expected) => {
  expect(fileName(key)).toBe(expected);
});

test('long names are cut between characters, with a digest', () => {
  for (const key of ['x'.repeat(300), 'é'.repeat(300), '😀'.repeat(100), '/'.repeat(200), '\\€'.repeat(150)]) {
    const name = fileName(key);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).toMatch(/~[0-9a-f]{6}\.yaml$/);
    expect(decodeURIComponent(name)).not.toContain('\ufffd');
  }
});

describe('files for keys', () => {
  const assign = (keys: string[], existing: Record<string, string> = {}, occupied: string[] = []) =>
    Object.fromEntries(assignFiles('f', keys, new Map(Object.entries(existing)), occupied));

  test('that differ only by case carry a digest, whatever their order', () => {
    const files = assign(['portal', 'Portal', 'other']);
    expect(files).toEqual(assign(['other', 'Portal', 'portal']));
    expect(files.other).toBe('f/other.yaml');
    expect(files.Portal).toMatch(/^f\/Portal~[0-9a-f]{6}\.yaml$/);
    expect(files.portal).toMatch(/^f\/portal~[0-9a-f]{6}\.yaml$/);
  });

  test('that have a file keep it, and no other key takes it', () => {
    const files = assign(['portal', 'Portal', 'x'], { portal: 'f/Portal.yaml' }, ['f/X.yaml']);
    expect(files.portal).toBe('f/Portal.yaml');
    expect(files.Portal).toMatch(/~/);
    expect(files.x).toMatch(/~/);
  });

  test('never leave the folder, are unique without case, and safe everywhere', () => {
    const piece = fc.constantFrom(
      'a',
      'A',
      '/',
      '..',
      '\\',
      'con',
      ' ',
      '.',
      '%2F',
      ':',
      '~',
      'ß',
      'ss',
      'é',
      'e\u0301',
      '\u0000',
      '\ud800',
      '*',
      '\u212a',
      'k',
    );
    const key = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 200, maxLength: 400 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 12 }), (keys) => {
        const files = [...assignFiles('f', keys, new Map()).values()];
        const folded = files.map((file) => file.normalize('NFC').toUpperCase().toLowerCase());
        expect(new Set(folded).size).toBe(keys.length);
        for (const file of files) {
          expect(file.startsWith('f/')).toBe(true);
          const name = file.slice(2);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name).not.toMatch(
            /[<>:"/\\|?*\u0000-\u001f\u007f]|^\.|^ |[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i,
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
