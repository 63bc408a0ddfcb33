import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../../src/model/json';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { shippedClaims } from '../../src/shipped-claims/shipped-claims';
import { Api, objects } from './api';

const id = (uri: string): string => Buffer.from(uri).toString('base64url');
const LOCAL = '/claim-dialects/local/claims';
const AX = `/claim-dialects/${id('http://axschema.org')}`;

async function onEmpty(version: Version, work: (api: Api) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ version });
  try {
    await work(new Api(sandbox));
  } finally {
    await sandbox.close();
  }
}

describe('what a server ships with', () => {
  // Counted in the product's claim configuration (framework 5.25.77, 7.0.80, 7.8.94, 7.8.614, 7.8.685).
  test.each([
    ['6.0', 11, 110],
    ['6.1', 11, 110],
    ['7.0', 8, 107],
    ['7.1', 9, 113],
    ['7.2', 10, 119],
    ['7.3', 10, 123],
  ] as const)('on %s: %i dialects, %i local claims', async (version, dialects, local) => {
    await onEmpty(version, async (api) => {
      expect(await api.readList('/claim-dialects')).toHaveLength(dialects);
      expect(await api.readList(LOCAL)).toHaveLength(local);
    });
  });

  test.each(['6.0', '7.0', '7.1', '7.2', '7.3'])(
    'every shipped claim of %s stands for a local claim of it',
    (release) => {
      const { local, dialects } = shippedClaims(release);
      const dangling = [...dialects].flatMap(([dialect, claims]) =>
        [...claims].filter(([, mapped]) => !local.has(mapped)).map(([claim]) => `${dialect} ${claim}`),
      );
      // SCIM 1.0 still maps `roles` to the claim that 7.0 no longer serves.
      const scim = 'urn:scim:schemas:core:1.0';
      expect(dangling).toEqual(release === '7.0' ? [`${scim} ${scim}:roles`] : []);
    },
  );

  test('can be deleted and renamed before 7.1, as the real code lets it', async () => {
    await onEmpty('6.0', async (api) => {
      const claim = `${LOCAL}/${id('http://wso2.org/claims/identity/accountConfirmedTime')}`;
      expect((await api.delete(claim)).status).toBe(204);
      expect((await api.put(AX, { dialectURI: 'urn:ax' })).status).toBe(200);
      expect((await api.delete(`/claim-dialects/${id('urn:ax')}`)).status).toBe(204);
      expect(await api.delete(`${LOCAL}/${id('http://wso2.org/claims/gtalk')}`)).toMatchObject({
        status: 400,
        body: { code: 'CMT-50031' },
      });
    });
  });
});

test('7.0 keeps the local claim role, which it does not serve: others can be mapped to it, none can have its URI', async () => {
  await onEmpty('7.0', async (api) => {
    const role = 'http://wso2.org/claims/role';
    const scim = 'urn:scim:schemas:core:1.0';
    const shipped = { claimURI: `${scim}:roles`, mappedLocalClaimURI: role };
    const claims = await api.readList(`/claim-dialects/${id(scim)}/claims`);
    expect(claims).toContainEqual(expect.objectContaining(shipped));
    expect((await api.readList(LOCAL)).map(({ claimURI }) => claimURI)).not.toContain(role);
    expect((await api.put(`/claim-dialects/${id(scim)}/claims/${id(shipped.claimURI)}`, shipped)).status).toBe(200);
    const attributeMapping = [{ mappedAttribute: 'role', userstore: 'PRIMARY' }];
    expect(await api.post(LOCAL, { claimURI: role, displayName: 'Role', attributeMapping })).toMatchObject({
      status: 409,
      body: { code: 'CMT-50039' },
    });
  });
});

const PAIRS = path.join(__dirname, '../../../shared/fixtures/wso2-is-real-7.0/pairs.json');
(existsSync(PAIRS) ? describe : describe.skip)('the recorded answers of a 7.0', () => {
  interface Step {
    readonly name: string;
    readonly body: readonly JsonObject[];
  }
  const recorded = (name: string): readonly JsonObject[] => {
    const { steps } = JSON.parse(readFileSync(PAIRS, 'utf8')) as { steps: Step[] };
    return steps.find((step) => step.name === name)?.body ?? [];
  };
  const texts = (list: readonly JsonObject[], field: string): string[] => list.map((item) => String(item[field]));

  /** All of a claim but what it says to people. */
  const withoutTexts = ({ description: _text, properties, ...rest }: JsonObject): JsonObject => ({
    ...rest,
    properties: Array.isArray(properties) ? properties.map((property) => objects([property])[0]?.key ?? null) : [],
  });

  test('are those of the sandbox, in this order: dialects, local claims, claims of the OIDC dialect', async () => {
    // One local claim was made before the list was recorded.
    const local = recorded('local list').filter(
      ({ claimURI }) => claimURI !== 'http://wso2.org/claims/dummyemailaddress',
    );
    await onEmpty('7.0', async (api) => {
      const dialects = await api.readList('/claim-dialects');
      expect(texts(dialects, 'dialectURI').sort()).toEqual(texts(recorded('dialects'), 'dialectURI').sort());
      expect((await api.readList(LOCAL)).map(withoutTexts)).toEqual(local.map(withoutTexts));
      const served = objects((await api.get(`/claim-dialects/${id('http://wso2.org/oidc/claim')}/claims`)).body);
      expect(served).toEqual(recorded('dialect oidc claims'));
    });
  });
});
