import { LiftlockError } from '../../src/model/problem';
import { readProductFile } from '../../src/service-provider-files/read';
import { HOSTILE, wrap } from './hostile-files';

/** How long they take, and how much memory, is measured by `npm run bench:files`. */
describe('hostile and damaged files are refused at once', () => {
  it.each(HOSTILE)('%s', (_name, textOf, file, code) => {
    const text = textOf();
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    const error = refusalOf(bytes, file);
    expect(error.problems[0]?.code).toBe(code);
    expect(error.problems[0]?.place?.file).toBe(file);
    expect(error.message.length).toBeLessThan(1000);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  function refusalOf(bytes: Uint8Array, file: string): LiftlockError {
    try {
      readProductFile(bytes, { file });
    } catch (error) {
      if (error instanceof LiftlockError) return error;
      throw error;
    }
    throw new Error('it was read');
  }
});

it('a large honest file is read', () => {
  const mapping = '<ClaimMapping><LocalClaim><ClaimUri>http://wso2.org/claims/a</ClaimUri></LocalClaim></ClaimMapping>';
  const text = wrap(`<ClaimConfig><ClaimMappings>${mapping.repeat(2000)}</ClaimMappings></ClaimConfig>`);
  const { claimConfig } = readProductFile(text, { file: 'a.xml' }).root;
  expect((claimConfig as { claimMappings: unknown[] }).claimMappings).toHaveLength(2000);
});
