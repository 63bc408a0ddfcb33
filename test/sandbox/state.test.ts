import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox';
import { sampleCompany } from '../../src/sandbox/seed';
import type { WorldState } from '../../src/sandbox/state';
import { Api, object } from './api';

describe('state file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'liftlock-sandbox-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a second start finds what the first one left, and gives out new ids', async () => {
    const stateFile = join(folder, 'deep', 'state.json');
    const options = { stateFile, seed: sampleCompany('dev') };
    const first = await startSandbox(options);
    const path = await new Api(first).create('/applications', { name: 'Added' });
    const before = object(first.snapshot());
    await first.close();
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['state.json']);
    const second = await startSandbox(options);
    try {
      // A server that starts again answers scopes from its database.
      expect(second.snapshot()).toEqual({ ...before, servesConfiguredScopes: false });
      expect(await new Api(second).create('/applications', { name: 'Another' })).not.toBe(path);
      expect((await new Api(second).read('/applications?filter=name%20eq%20Added')).totalResults).toBe(1);
    } finally {
      await second.close();
    }
  });

  test('a state of another version is no start', async () => {
    const stateFile = join(folder, 'state.json');
    writeFileSync(stateFile, '{"format":1,"version":"7.0","tenant":"carbon.super"}');
    await expect(startSandbox({ stateFile })).rejects.toThrow('version 7.0');
    expect(readFileSync(stateFile, 'utf8')).toContain('7.0');
  });

  test('it is written on demand', async () => {
    const stateFile = join(folder, 'state.json');
    const sandbox = await startSandbox({ stateFile });
    try {
      expect((await new Api(sandbox).send('POST', '/sandbox/state')).status).toBe(204);
      expect(object(JSON.parse(readFileSync(stateFile, 'utf8')))).toMatchObject({ version: '7.1' });
    } finally {
      await sandbox.close();
    }
  });
});

test('a reset goes back to the seed, with the same ids', async () => {
  const sandbox = await startSandbox({ seed: sampleCompany('dev') });
  try {
    const api = new Api(sandbox);
    const before = sandbox.snapshot();
    await api.create('/applications', { name: 'x' });
    expect(sandbox.snapshot()).not.toEqual(before);
    expect((await api.send('POST', '/sandbox/reset')).status).toBe(204);
    expect((await api.get('/sandbox/state')).body).toEqual(before);
    sandbox.reset(sampleCompany('prod'));
    expect((await api.read('/applications?filter=name%20eq%20"Fare%20Lab"')).totalResults).toBe(0);
  } finally {
    await sandbox.close();
  }
});

test('a state of a sandbox that did not number its claims is taken; claims made later have numbers of their own', async () => {
  const first = await startSandbox({ version: '6.0' });
  const { claimRows: _count, localClaims, externalClaims, ...rest } = first.snapshot() as unknown as WorldState;
  await first.close();
  const unnumbered = <T extends object>(claims: readonly T[]): T[] =>
    claims.map((claim) => ({ ...claim, row: undefined }));
  const sandbox = await startSandbox({
    version: '6.0',
    content: { ...rest, localClaims: unnumbered(localClaims), externalClaims: unnumbered(externalClaims) },
  });
  try {
    const api = new Api(sandbox);
    await api.create('/claim-dialects/local/claims', {
      claimURI: 'http://wso2.org/claims/berth',
      displayName: 'Berth',
      attributeMapping: [{ mappedAttribute: 'berth', userstore: 'PRIMARY' }],
    });
    const { localClaims: local, externalClaims: external } = sandbox.snapshot() as unknown as WorldState;
    const rows = [...local, ...external].map(({ row }) => row);
    expect(rows).toHaveLength(localClaims.length + externalClaims.length + 1);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows).not.toContain(undefined);
  } finally {
    await sandbox.close();
  }
});
