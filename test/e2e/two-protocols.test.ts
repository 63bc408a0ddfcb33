import { applicationNames, makeWorkspace, patchApplication, requestLines, useFolders, useSandbox } from './harness';
import { application, oidc, smallCompany, smallSecrets } from './small-company';

/** An application with two inbound protocols: 6.0 counts it twice and lists it once. */
const twice = application('Twice', {
  inboundProtocolConfiguration: {
    ...(oidc('twice', 'twice-Pw8sTq3nVb6Lm1Zx').inboundProtocolConfiguration as object),
    saml: { manualConfiguration: { issuer: 'twice', assertionConsumerUrls: ['https://twice.example/acs'] } },
  },
});

const folder = useFolders();
const dev = useSandbox({ version: '6.0', seed: { ...smallCompany, requests: [...smallCompany.requests, twice] } });
const prod = useSandbox({ version: '6.0' });
const options = { env: { ...smallSecrets, LIFTLOCK_SECRET_TWICE_CLIENTSECRET: 'twice-Gd5kRy2hJc9Xe4Wu' } };

test('an application with two protocols on 6.0 is exported, planned, applied and found without drift', async () => {
  const workspace = await makeWorkspace(await folder(), { dev: dev().url, prod: prod().url }, { version: '6.0' });
  const exported = await workspace.run(['export', 'dev']);
  expect([exported.code, exported.stderr]).toEqual([0, expect.not.stringContaining('incomplete')]);
  expect(await workspace.names('artifacts/applications')).toContain('artifacts/applications/Twice.yaml');
  const lists = requestLines(dev().journal.entries()).filter((line) => /^GET \/applications(?:\?|$)/.test(line));
  expect(lists).toHaveLength(1);
  workspace.commit();

  expect((await workspace.run(['drift', 'dev'], options)).code).toBe(0);
  expect((await workspace.run(['plan', 'dev', '--exit-code'], options)).code).toBe(0);
  expect((await workspace.run(['apply', 'prod', '--yes'], options)).code).toBe(0);
  expect(await applicationNames(prod())).toEqual(expect.arrayContaining(['Ferry', 'Twice']));
  expect((await workspace.run(['plan', 'prod', '--exit-code'], options)).code).toBe(0);

  await patchApplication(prod(), 'Twice', { description: 'By hand' });
  const drifted = await workspace.run(['drift', 'prod'], options);
  expect([drifted.code, drifted.text]).toEqual([2, expect.stringContaining('application/Twice')]);
});
