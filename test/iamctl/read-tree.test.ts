import { readTree } from '../../src/iamctl/read-tree';

const tree = (files: Record<string, string>): ReturnType<typeof readTree> =>
  readTree({ files: new Map(Object.entries(files)), skipped: [] });
const SERVER = '{"SERVER_URL": "https://is.example.com"}';

test('finds environments by their configuration and resources by their folders', () => {
  const { environments, resources, problems } = tree({
    'configs/dev/serverConfig.json': SERVER,
    'configs/dev/keywordConfig.json': '{"KEYWORD_MAPPINGS": {"A": "1"}}',
    'configs/prod/serverConfig.json': SERVER,
    'Applications/My App.yml': '',
    'Claims/x.json': '',
  });
  expect(environments.map(({ name, keywords }) => [name, [...keywords.shared]])).toEqual([
    ['dev', [['A', '1']]],
    ['prod', []],
  ]);
  expect(resources.map(({ type, name, format }) => [type, name, format])).toEqual([
    ['Applications', 'My App', 'yaml'],
    ['Claims', 'x', 'json'],
  ]);
  expect(problems).toEqual([]);
});

test('resources may be one folder further down, but not in several places', () => {
  const files = { 'configs/dev/serverConfig.json': SERVER, 'out/Applications/A.yml': '' };
  expect(tree(files).resources.map(({ file }) => file)).toEqual(['out/Applications/A.yml']);
  expect(tree({ ...files, 'other/Claims/B.yml': '' }).problems.map(({ code }) => code)).toEqual([
    'iamctl-several-trees',
  ]);
});

test('keywords of older versions stand in toolConfig.json', () => {
  const { environments } = tree({
    'configs/dev/serverConfig.json': SERVER,
    'configs/dev/toolConfig.json':
      '{"KEYWORD_MAPPINGS": {"A": "1"}, "APPLICATIONS": {"X": {"KEYWORD_MAPPINGS": {"A": "2"}}, "EXCLUDE": ["Y"]}}',
  });
  const { keywords, tool } = environments[0] ?? {};
  expect([...(keywords?.shared ?? [])]).toEqual([['A', '1']]);
  expect([...(keywords?.own.get('Applications')?.get('X') ?? [])]).toEqual([['A', '2']]);
  expect(tool?.resources.get('Applications')).toEqual({ exclude: ['Y'] });
});

test('names of settings are known in any case, as Go knows them', () => {
  const { environments } = tree({ 'configs/dev/serverConfig.json': '{"server_url": "https://is.example.com"}' });
  expect(environments[0]?.server.url).toBe('https://is.example.com');
});

test('a reference without quotes in the configuration is read as the reference', () => {
  const { environments, problems } = tree({
    'configs/dev/serverConfig.json': SERVER,
    'configs/dev/keywordConfig.json': '{"KEYWORD_MAPPINGS": {"PORT": ${PORT}}}',
  });
  expect(problems).toEqual([]);
  expect(environments[0]?.keywords.shared.get('PORT')).toBe('${PORT}');
});

test.each([
  ['no JSON', '{ "SERVER_URL": '],
  ['a list', '[]'],
  ['a prototype', '{ "__proto__": { "x": 1 } }'],
])('%s as configuration is an error with its place', (_what, text) => {
  const { problems } = tree({ 'configs/dev/serverConfig.json': text });
  expect(problems).toEqual([
    expect.objectContaining({
      code: 'iamctl-config-unreadable',
      severity: 'error',
      environment: 'dev',
      place: expect.objectContaining({ file: 'configs/dev/serverConfig.json' }) as object,
    }),
  ]);
});

test('two folders for one environment are an error', () => {
  const { problems } = tree({ 'a/dev/serverConfig.json': SERVER, 'b/dev/serverConfig.json': SERVER });
  expect(problems.map(({ code }) => code)).toEqual(['iamctl-environment-twice']);
});
