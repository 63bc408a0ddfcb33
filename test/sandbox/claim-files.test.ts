import { readTaggedYaml } from '../../src/sandbox/exported-files/yaml';
import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, objects, sandboxed } from './api';
import { download, upload } from './upload';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const LOCAL = '/claim-dialects/local';
const local = (name: string) => `http://wso2.org/claims/${name}`;
const CREW = 'urn:aldermere:claims:crew';
const CREW_PATH = `/claim-dialects/${encoded(CREW)}`;
const JSON_TYPE = 'application/json';

const MAST = {
  claimURI: local('mast'),
  displayName: 'Mast',
  attributeMapping: [{ mappedAttribute: 'mast', userstore: 'PRIMARY' }],
};

function crewFile(...claims: object[]): string {
  const typed = claims.map((claim) => ({ type: 'ExternalClaim', ...claim }));
  return JSON.stringify({ id: encoded(CREW), dialectURI: CREW, claims: typed });
}

describe('claim dialect files', () => {
  const server = sandboxed();

  test('the file of the local dialect has every claim under its REST names', async () => {
    await server.api.create(`${LOCAL}/claims`, MAST);
    const file = await download(server.api, `${LOCAL}/export`, JSON_TYPE);
    expect(file).toMatchObject({
      status: 200,
      type: JSON_TYPE,
      disposition: 'attachment; filename="http_wso2_org_claims.json"',
    });
    const contents = object(JSON.parse(file.text));
    expect(contents).toMatchObject({ id: 'local', dialectURI: 'http://wso2.org/claims' });
    const listed = await server.api.readList(`${LOCAL}/claims`);
    expect(contents.claims).toEqual(listed.map((claim) => ({ type: 'LocalClaim', ...claim })));
  });

  test.each([JSON_TYPE, 'application/yaml', 'application/xml'])('an external dialect travels as %s', async (type) => {
    await server.api.create('/claim-dialects', { dialectURI: CREW });
    await server.api.create(`${CREW_PATH}/claims`, { claimURI: 'rank', mappedLocalClaimURI: local('title') });
    const file = await download(server.api, `${CREW_PATH}/export`, type);
    expect(file.disposition).toContain('urn_aldermere_claims_crew.');
    await server.api.delete(CREW_PATH);
    const reply = await upload(server.api, 'POST', '/claim-dialects/import', file.text, type);
    expect(reply).toMatchObject({ status: 201, text: '' });
    expect(new URL(reply.location).pathname).toContain(CREW_PATH);
    expect(await server.api.readList(`${CREW_PATH}/claims`)).toMatchObject([{ claimURI: 'rank' }]);
  });

  test.each([JSON_TYPE, 'application/yaml', 'application/xml'])('the local dialect travels as %s', async (type) => {
    await server.api.create(`${LOCAL}/claims`, { ...MAST, displayOrder: 4, readOnly: true });
    const { text } = await download(server.api, `${LOCAL}/export`, type);
    const other = await startSandbox({ random: 2 });
    try {
      const target = new Api(other);
      expect(await upload(target, 'PUT', '/claim-dialects/import', text, type)).toMatchObject({
        status: 200,
        text: '',
      });
      const path = `${LOCAL}/claims/${encoded(MAST.claimURI)}`;
      expect(await target.read(path)).toMatchObject({ displayOrder: 4, readOnly: true, displayName: 'Mast' });
    } finally {
      await other.close();
    }
  });

  test('YAML names the classes of the dialect and of its claims', async () => {
    const { text } = await download(server.api, `${LOCAL}/export`, 'application/yaml');
    expect(text).toMatch(/^!!org\.wso2\.carbon\.\S+\.ClaimDialectConfiguration\n/);
    expect(text).toMatch(/- !!org\.wso2\.carbon\.\S+\.LocalClaimResDTO\n/);
    expect(readTaggedYaml(text)).toMatchObject({ id: 'local' });
  });

  test('the local dialect is never new, and files that cannot be read are the fault of the server', async () => {
    const local = JSON.stringify({ id: 'local', dialectURI: 'http://wso2.org/claims', claims: [] });
    for (const [method, content, status, code] of [
      ['POST', local, 403, 'CMT-50047'],
      ['POST', 'no', 500, 'CMT-50046'],
      ['PUT', '', 500, 'CMT-50013'],
      ['PUT', crewFile(), 404, 'CMT-50016'],
    ] as const) {
      const reply = await upload(server.api, method, '/claim-dialects/import', content, JSON_TYPE);
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([status, code]);
    }
    await server.api.create('/claim-dialects', { dialectURI: CREW });
    const again = await upload(server.api, 'POST', '/claim-dialects/import', crewFile(), JSON_TYPE);
    expect([again.status, JSON.parse(again.text).code]).toEqual([409, 'CMT-60002']);
  });

  test('of a file with bad claims the good ones are taken, and the answer names the bad ones', async () => {
    const good = { claimURI: 'rank', mappedLocalClaimURI: local('title') };
    const bad = { claimURI: 'oar', mappedLocalClaimURI: local('nowhere') };
    const created = await upload(server.api, 'POST', '/claim-dialects/import', crewFile(bad, good), JSON_TYPE);
    expect(created.status).toBe(400);
    expect(JSON.parse(created.text)).toMatchObject({
      code: 'CMT-50049',
      errors: [{ claimURI: 'oar', code: 'CMT-50036' }],
    });
    expect(await server.api.readList(`${CREW_PATH}/claims`)).toMatchObject([{ claimURI: 'rank' }]);
    const changed = await upload(server.api, 'PUT', '/claim-dialects/import', crewFile(bad), JSON_TYPE);
    expect(JSON.parse(changed.text)).toMatchObject({ code: 'CMT-50050', errors: [{ claimURI: 'oar' }] });
    const claims = [
      { type: 'LocalClaim', ...MAST },
      { type: 'LocalClaim', ...MAST, claimURI: local('sail'), attributeMapping: [] },
    ];
    const body = JSON.stringify({ id: 'local', dialectURI: 'http://wso2.org/claims', claims });
    const merged = await upload(server.api, 'PUT', '/claim-dialects/import', body, JSON_TYPE);
    expect(JSON.parse(merged.text)).toMatchObject({ code: 'CMT-50051', errors: [{ code: 'CMT-50030' }] });
    await server.api.read(`${LOCAL}/claims/${encoded(MAST.claimURI)}`);
  });

  test('an update merges, and with preserveClaims it deletes what the file does not have', async () => {
    await server.api.create(`${LOCAL}/claims`, MAST);
    const claims = [{ type: 'LocalClaim', ...MAST, claimURI: local('sail') }];
    const body = JSON.stringify({ id: 'local', dialectURI: 'http://wso2.org/claims', claims });
    expect((await upload(server.api, 'PUT', '/claim-dialects/import', body, JSON_TYPE)).status).toBe(200);
    const mast = `${LOCAL}/claims/${encoded(MAST.claimURI)}`;
    await server.api.read(mast);
    const reply = await upload(server.api, 'PUT', '/claim-dialects/import?preserveClaims=true', body, JSON_TYPE);
    // System claims cannot go, and the answer says so for each of them.
    expect(reply.status).toBe(400);
    expect(objects(object(JSON.parse(reply.text)).errors).length).toBeGreaterThan(10);
    expect((await server.api.get(mast)).status).toBe(404);
    await server.api.read(`${LOCAL}/claims/${encoded(local('sail'))}`);
  });

  test('with preserveClaims an external dialect is made anew', async () => {
    await server.api.create('/claim-dialects', { dialectURI: CREW });
    await server.api.create(`${CREW_PATH}/claims`, { claimURI: 'oar', mappedLocalClaimURI: local('title') });
    const body = crewFile({ claimURI: 'rank', mappedLocalClaimURI: local('title') });
    const reply = await upload(server.api, 'PUT', '/claim-dialects/import?preserveClaims=true', body, JSON_TYPE);
    expect(reply.status).toBe(200);
    expect(await server.api.readList(`${CREW_PATH}/claims`)).toMatchObject([{ claimURI: 'rank' }]);
  });
});
