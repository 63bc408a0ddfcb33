import { parse } from 'yaml';
import type { ParameterizeReport } from '../../src/model/report';
import { sampleCompany } from '../../src/sandbox/seed';
import { makeWorkspace, useFolders, useSandbox, type Workspace } from './harness';

const folder = useFolders();
const dev = useSandbox({ seed: sampleCompany('dev') });
const preprod = useSandbox({ seed: sampleCompany('preprod') });
const prod = useSandbox({ seed: sampleCompany('prod') });
const ENVIRONMENTS = ['dev', 'preprod', 'prod'];
const PORTAL = 'artifacts/applications/Booking Portal.yaml';

async function companyWorkspace(): Promise<Workspace> {
  const addresses = { dev: dev().url, preprod: preprod().url, prod: prod().url };
  return makeWorkspace(await folder('parameterize'), addresses);
}

test('without approval it only tells what it found', async () => {
  const workspace = await companyWorkspace();
  const before = await workspace.files();
  const { code, stdout } = await workspace.run(['parameterize', ...ENVIRONMENTS], { env: { COLUMNS: '80' } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/\+ bookingUrl +the same difference in \d+ places/);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('only prod differs, and by no pattern: probably a mistake');
  expect(stdout).toContain('Nothing was written: accept all with');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(await workspace.files()).toEqual(before);
  const writes = [dev(), preprod(), prod()].flatMap((sandbox) => sandbox.journal.writes());
  expect(writes).toEqual([]);
});

test('with approval every environment renders as it was, and its plan is empty', async () => {
  const workspace = await companyWorkspace();
  expect((await workspace.run(['parameterize', ...ENVIRONMENTS, '--yes'])).code).toBe(0);
  const text = await workspace.read(PORTAL);
  expect(text).toContain('accessUrl: "{{var:bookingUrl}}"');
  expect(text).toContain('clientSecret: "{{secret:booking-portal-clientSecret}}"');
  const variables = (parse(await workspace.read('environments/prod.yaml')) as { variables: object }).variables;
  expect(variables).toMatchObject({ bookingUrl: 'https://booking.aldermere.example' });
  expect(parse(await workspace.read('liftlock.yaml'))).toMatchObject({
    artifacts: { 'application/Fare Lab': { only: ['dev'] }, 'application/Harbour Kiosk': { only: ['dev', 'preprod'] } },
  });
  for (const environment of ENVIRONMENTS) {
    const { operations } = await workspace.json<{ operations: unknown[] }>(['plan', environment]);
    expect([environment, operations]).toEqual([environment, []]);
  }
  const again = await workspace.json<ParameterizeReport>(['parameterize', ...ENVIRONMENTS]);
  expect(again.proposals).toEqual([]);
});

test('a reviewed file decides: names are taken over, and what was not accepted is not done', async () => {
  const workspace = await companyWorkspace();
  expect((await workspace.run(['parameterize', ...ENVIRONMENTS, '--out', 'proposals.yaml'])).code).toBe(0);
  await workspace.edit('proposals.yaml', /name: bookingUrl/, 'name: shop');
  const reviewed = await workspace.read('proposals.yaml');
  await workspace.write('proposals.yaml', reviewed.replace(/accept: true(\s+name: staticUrl)/, 'accept: false$1'));
  const { code, text } = await workspace.run(['parameterize', ...ENVIRONMENTS, '--proposal', 'proposals.yaml']);
  expect([code, text]).toEqual([0, expect.any(String)]);
  const file = await workspace.read(PORTAL);
  expect(file).toContain('accessUrl: "{{var:shop}}"');
  expect(file).toContain('imageUrl: https://static.dev.aldermere.example/');
  expect(await workspace.read('environments/dev.yaml')).not.toContain('staticUrl');
});

describe('what is refused, with nothing written', () => {
  test.each<[string, string[], RegExp]>([
    ['one environment', ['dev'], /parameterize needs two environments/],
    ['one environment twice', ['dev', 'files:dev'], /"dev" is named twice/],
    ['an unknown environment', ['dev', 'pord'], /There is no environment "pord".*Did you mean "prod"/s],
    ['no file of proposals', ['dev', 'prod', '--proposal', 'none.yaml'], /none\.yaml/],
    ['a file for other environments', ['dev', 'prod', '--proposal', 'proposals.yaml'], /is about dev, preprod, prod/],
    ['a mistake in the file', [...ENVIRONMENTS, '--proposal', 'bad.yaml'], /bad\.yaml:3:\d+.*accept/s],
    ['an outdated file', [...ENVIRONMENTS, '--proposal', 'proposals.yaml'], /have changed since.*cafe0000/s],
  ])('%s', async (_, args, says) => {
    const workspace = await companyWorkspace();
    const entry = '{ id: cafe0000, type: variable, accept: true, name: x }';
    const head = 'format: 1\nenvironments: [dev, preprod, prod]\nproposals: [';
    await workspace.write('proposals.yaml', `${head}${entry}]\n`);
    await workspace.write('bad.yaml', `${head}{ id: cafe0000, type: variable, acept: true }]\n`);
    const before = await workspace.files();
    const { code, stderr } = await workspace.run(['parameterize', ...args]);
    expect([code, stderr.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(says)]);
    expect(await workspace.files()).toEqual(before);
  });
});
