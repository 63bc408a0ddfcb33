import type { JsonObject } from '../../../src/model/json';
import { aldermere, convert, convertFiles, reasons, rendered, textOf } from './aldermere';

const PORTAL = 'artifacts/applications/Booking Portal.yaml';
const HOSTS = { dev: { shared: { HOST: 'dev.aldermere.example' } }, prod: { shared: { HOST: 'aldermere.example' } } };
const variablesOf = (conversion: ReturnType<typeof convert>, name: string): unknown =>
  conversion.environments.get(name)?.variables;

describe('environments', () => {
  test('credentials are references to process variables; clear ones are named and never written', () => {
    const conversion = convert(
      {
        dev: {},
        prod: {
          server: { CLIENT_ID: '${IS_ID}', CLIENT_SECRET: '${IS_SECRET}', SERVER_URL: 'https://${IS_HOST}/is/' },
        },
      },
      {},
    );
    expect(conversion.environments.get('dev')).toMatchObject({
      url: 'https://is.dev.aldermere.example',
      tenant: 'carbon.super',
      version: '7.1',
      auth: {
        type: 'client-credentials',
        clientId: '{{env:DEV_CLIENT_ID}}',
        clientSecret: '{{env:DEV_CLIENT_SECRET}}',
      },
    });
    expect(conversion.environments.get('prod')).toMatchObject({
      url: 'https://{{env:IS_HOST}}/is',
      auth: { clientId: '{{env:IS_ID}}', clientSecret: '{{env:IS_SECRET}}' },
    });
    expect(conversion.report.credentials.map(({ name }) => name)).toEqual([
      'DEV_CLIENT_ID',
      'DEV_CLIENT_SECRET',
      'IS_ID',
      'IS_SECRET',
    ]);
    expect(JSON.stringify([...conversion.environments, conversion.report])).not.toContain('open-sesame');
  });

  test('a process variable in a keyword becomes a reference', () => {
    const conversion = convert(
      { dev: { shared: { HOST: '${NAME}.aldermere.example' } } },
      { 'Applications/Booking Portal.yml': 'name: Booking Portal\naccessUrl: https://{{HOST}}' },
      { NAME: 'dev' },
    );
    expect(variablesOf(conversion, 'dev')).toEqual({ HOST: '{{env:NAME}}.aldermere.example' });
    expect(rendered(conversion, 'dev', 'application/Booking Portal', { NAME: 'dev' })).toMatchObject({
      accessUrl: 'https://dev.aldermere.example',
    });
  });
});

describe('keywords', () => {
  test('of a single resource become variables of that artifact', () => {
    const file = (name: string): string => `name: ${name}\naccessUrl: https://{{HOST}}`;
    const conversion = convert(
      {
        dev: { ...HOSTS.dev, own: { APPLICATIONS: { 'Crew Roster': { HOST: 'crew.dev.aldermere.example' } } } },
        prod: HOSTS.prod,
      },
      {
        'Applications/Booking Portal.yml': file('Booking Portal'),
        'Applications/Crew Roster.json': '{"name": "Crew Roster", "accessUrl": "https://{{HOST}}"}',
      },
    );
    expect(variablesOf(conversion, 'dev')).toEqual({
      HOST: 'dev.aldermere.example',
      'HOST.crew-roster': 'crew.dev.aldermere.example',
    });
    expect(variablesOf(conversion, 'prod')).toEqual({ HOST: 'aldermere.example', 'HOST.crew-roster': '{{var:HOST}}' });
    const urls = ['dev', 'prod'].map((name) => rendered(conversion, name, 'application/Crew Roster').accessUrl);
    expect(urls).toEqual(['https://crew.dev.aldermere.example', 'https://aldermere.example']);
    expect(reasons(conversion)).toEqual([]);
  });

  test('in the value of another keyword stay one variable', () => {
    const environments = { dev: { shared: { PORTAL: 'https://{{HOST}}/p', HOST: 'dev.aldermere.example' } } };
    const conversion = convert(environments, {
      'Applications/Booking Portal.yml': 'name: Booking Portal\naccessUrl: "{{PORTAL}}"',
    });
    expect(variablesOf(conversion, 'dev')).toEqual({ HOST: 'dev.aldermere.example', PORTAL: 'https://{{var:HOST}}/p' });
    expect(rendered(conversion, 'dev', 'application/Booking Portal').accessUrl).toBe('https://dev.aldermere.example/p');
  });

  test('needed as a text here and as a number there are two variables', () => {
    const conversion = convert(
      { dev: { shared: { N: '900' } } },
      {
        'Applications/Booking Portal.yml':
          "name: Booking Portal\ndescription: '{{N}}'\ninboundProtocolConfiguration:\n    oidc:\n        grantTypes: [password]\n        refreshToken:\n            expiryInSeconds: {{N}}",
      },
    );
    expect(variablesOf(conversion, 'dev')).toEqual({ N: '900', 'N.value': 900 });
  });

  test('with characters that a variable may not have get a name that it may', () => {
    const conversion = convert(
      { dev: { shared: { 'HOST NAME': 'dev.aldermere.example', 'HOST/NAME': 'b.example.com' } } },
      { 'Applications/A.yml': 'name: A\naccessUrl: https://{{HOST NAME}}\nimageUrl: https://{{HOST/NAME}}' },
    );
    expect(variablesOf(conversion, 'dev')).toEqual({
      HOST_NAME: 'b.example.com',
      'HOST_NAME.2': 'dev.aldermere.example',
    });
  });

  test('in the name that all environments agree on are filled in', () => {
    const conversion = convert(
      { dev: { shared: { BOAT: 'Tern' } } },
      { 'Applications/x.yml': "name: '{{BOAT}} Portal'" },
    );
    expect(conversion.artifacts.map(({ path }) => path)).toEqual(['artifacts/applications/Tern Portal.yaml']);
  });

  test('that make the name differ between environments are refused', () => {
    const conversion = convert(HOSTS, { 'Applications/x.yml': "name: '{{HOST}}'" });
    expect(conversion.artifacts).toEqual([]);
    expect(conversion.report.artifacts).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('differs between environments') as string }),
    ]);
  });

  test('around several fields become overrides', () => {
    const conversion = convert(
      {
        dev: { shared: { EXTRA: 'description: dev' } },
        prod: { shared: { EXTRA: 'description: live\nimageUrl: https://x.example' } },
      },
      { 'Applications/Booking Portal.yml': 'name: Booking Portal\n{{EXTRA}}\n' },
    );
    expect(textOf(conversion, PORTAL)).toContain('description: dev');
    expect(conversion.environments.get('prod')?.overrides).toEqual({
      'application/Booking Portal': { description: 'live', imageUrl: 'https://x.example' },
    });
    expect(rendered(conversion, 'prod', 'application/Booking Portal')).toMatchObject({ description: 'live' });
  });

  test('that nothing uses become no variables', () => {
    const conversion = convert({ dev: { shared: { OLD: 'x' } } }, { 'Applications/A.yml': 'name: A' });
    expect(variablesOf(conversion, 'dev')).toEqual({});
    expect(conversion.report.problems.map(({ code }) => code)).toEqual(['iamctl-keyword-unused']);
  });
});

test('a part that one environment does not have is set with what is around it', () => {
  const conversion = convert(
    {
      dev: { shared: { FLAGS: 'saas: true\n    skipLoginConsent: true' } },
      prod: { shared: { FLAGS: 'skipLogoutConsent: true' } },
    },
    {
      'Applications/Booking Portal.yml': 'name: Booking Portal\nadvancedConfigurations:\n    {{FLAGS}}\n',
    },
  );
  expect(conversion.environments.get('prod')?.overrides).toEqual({
    'application/Booking Portal': {
      'advancedConfigurations.saas': false,
      'advancedConfigurations.skipLoginConsent': false,
      'advancedConfigurations.skipLogoutConsent': true,
    },
  });
  const origins = (list: string): string => `grantTypes: [password]\n        ${list}`;
  const lists = convert(
    {
      dev: { shared: { MORE: origins('allowedOrigins: [https://a.example, https://b.example]') } },
      prod: { shared: { MORE: origins('allowedOrigins: [https://b.example]') } },
    },
    {
      'Applications/Booking Portal.yml':
        'name: Booking Portal\ninboundProtocolConfiguration:\n    oidc:\n        {{MORE}}\n',
    },
  );
  expect(lists.environments.get('prod')?.overrides).toEqual({
    'application/Booking Portal': { 'inboundProtocolConfiguration.oidc.allowedOrigins': ['https://b.example'] },
  });
});

describe('secrets', () => {
  const google = (secret: string): Record<string, string> => ({
    'IdentityProviders/Google.yml': `name: Google\ndescription: see {{KEY}}\nfederatedAuthenticators:\n    authenticators:\n        - name: GoogleOIDCAuthenticator\n          properties:\n              - key: ClientSecret\n                value: ${secret}\n`,
  });

  test.each([
    ['masked', "'********'", 'masked in IdentityProviders/Google.yml'],
    ['in clear', 'sailor-moon-77', 'in clear in IdentityProviders/Google.yml'],
    ['a keyword', "'{{KEY}}'", 'keyword KEY'],
  ])('%s become placeholders that the report names', (_what, secret, source) => {
    const conversion = convert({ dev: { shared: { KEY: 'sailor-moon-77' } } }, google(secret));
    const text = textOf(conversion, 'artifacts/identity-providers/Google.yaml');
    expect(text).toContain('value: "{{secret:google-ClientSecret}}"');
    expect(conversion.report.secrets).toContainEqual({
      name: 'google-ClientSecret',
      artifact: 'identity-provider/Google',
      path: 'federatedAuthenticators.authenticators[GoogleOIDCAuthenticator].properties[ClientSecret].value',
      source,
      variables: [{ environment: 'dev', name: 'DEV_GOOGLE_CLIENTSECRET' }],
    });
    expect(conversion.environments.get('dev')?.secrets).toEqual({ environment: { prefix: 'DEV_' } });
  });

  test('a keyword that is a secret somewhere is one everywhere', () => {
    const conversion = convert({ dev: { shared: { KEY: 'sailor-moon-77' } } }, google("'{{KEY}}'"));
    expect(variablesOf(conversion, 'dev')).toEqual({ KEY: '{{secret:KEY}}' });
    expect(JSON.stringify([...conversion.environments, conversion.artifacts, conversion.report])).not.toContain(
      'sailor',
    );
  });

  test('never show in a difference', () => {
    const conversion = convert({ dev: { shared: { KEY: "sailor 'moon' #77" } } }, google('{{KEY}}'));
    expect(reasons(conversion).length).toBeGreaterThan(0);
    expect(JSON.stringify(conversion.report)).not.toMatch(/sailor|moon|77/);
  });

  test('never show where they are injected to', () => {
    const file = google('{{KEY}}')['IdentityProviders/Google.yml'] ?? '';
    const conversion = convert(
      { dev: { shared: { KEY: 'sailor\nimage: https://moon.example' } } },
      { 'IdentityProviders/Google.yml': file.replace('see {{KEY}}', 'x') },
    );
    expect(reasons(conversion)).toContain('text-injected dev image');
    expect(JSON.stringify(conversion.report)).not.toMatch(/sailor|moon/);
  });

  test('the mask of an application means that the server keeps its secret', () => {
    const conversion = convert(
      { dev: {} },
      {
        'Applications/Booking Portal.yml':
          "name: Booking Portal\ninboundProtocolConfiguration:\n    oidc:\n        _type: oidc\n        clientSecret: '********'\n        grantTypes: [password]\n",
      },
    );
    expect(reasons(conversion)).toEqual([]);
    expect(textOf(conversion, PORTAL)).toContain('clientSecret: "{{secret:booking-portal-clientSecret}}"');
  });
});

describe('resources', () => {
  test('side files with authorized APIs become part of their application', () => {
    const conversion = convert(HOSTS, {
      'Applications/Booking Portal.yml': 'name: Booking Portal',
      'Applications/AuthorizedApis/Booking Portal.yml':
        '- identifier: https://{{HOST}}/tides\n  policyId: RBAC\n  type: BUSINESS\n  authorizedScopes:\n    - name: read_tides\n',
    });
    expect(rendered(conversion, 'prod', 'application/Booking Portal')).toMatchObject({
      authorizedAPIs: [{ identifier: 'https://aldermere.example/tides', scopes: ['read_tides'] }],
    });
  });

  test('a dialect becomes one artifact for itself and one for each claim', () => {
    const conversion = convert(HOSTS, {
      'Claims/urn_aldermere_crew.yml':
        'dialectURI: urn:aldermere:crew\nid: x\nclaims:\n    - claimURI: urn:aldermere:crew:watch\n      mappedLocalClaimURI: http://wso2.org/claims/watch\n',
    });
    expect(conversion.report.artifacts.map(({ kind, key }) => `${kind}/${key}`)).toEqual([
      'claim-dialect/urn:aldermere:crew',
      'external-claim/urn:aldermere:crew urn:aldermere:crew:watch',
    ]);
  });

  test('claims that the product brings along are left to it, unless they hold a keyword', () => {
    const claim = (name: string, title: string): string =>
      `    - claimURI: http://wso2.org/claims/${name}\n      displayName: ${title}\n      attributeMapping: [{ userstore: PRIMARY, mappedAttribute: x }]\n`;
    const conversion = convert(HOSTS, {
      'Claims/http_wso2_org_claims.yml': `dialectURI: http://wso2.org/claims\nclaims:\n${claim('givenname', 'First')}${claim('lastname', "'{{HOST}}'")}${claim('berth', 'Berth')}`,
    });
    expect(conversion.report.artifacts.map(({ key }) => key)).toEqual([
      'http://wso2.org/claims/berth',
      'http://wso2.org/claims/lastname',
    ]);
    expect(conversion.settings.unprotect).toEqual(['local-claim/http://wso2.org/claims/lastname']);
    expect(conversion.report.notTaken).toEqual([
      expect.objectContaining({ source: 'Claims/http_wso2_org_claims.yml' }),
    ]);
  });

  test('files of the product itself are read in its own vocabulary', () => {
    const conversion = convert(
      {
        dev: { shared: { HOST: 'dev.aldermere.example', SAAS: 'true' } },
        prod: { shared: { HOST: 'aldermere.example', SAAS: 'false' } },
      },
      {
        'Applications/Booking Portal.yml': `applicationName: Booking Portal\naccessUrl: https://{{HOST}}/\nsaasApp: '{{SAAS}}'\n`,
        'Applications/Crew Roster.xml':
          '<ServiceProvider><ApplicationName>Crew Roster</ApplicationName><Description>At {{HOST}}</Description></ServiceProvider>',
        'IdentityProviders/Harbour.yml': 'identityProviderName: Harbour\nidentityProviderDescription: At {{HOST}}\n',
      },
    );
    expect(conversion.report.artifacts.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
    expect(textOf(conversion, 'artifacts/applications/Crew Roster.yaml')).toContain('description: At {{var:HOST}}');
    expect(rendered(conversion, 'dev', 'application/Booking Portal')).toMatchObject({
      accessUrl: 'https://dev.aldermere.example/',
      advancedConfigurations: { saas: true },
    });
    expect(rendered(conversion, 'prod', 'application/Booking Portal')).toMatchObject({
      accessUrl: 'https://aldermere.example/',
      advancedConfigurations: { saas: false },
    });
    expect(rendered(conversion, 'prod', 'identity-provider/Harbour')).toMatchObject({
      description: 'At aldermere.example',
    });
  });

  test('numbers of product files become overrides, texts beside them stay placeholders', () => {
    const file = `applicationName: Booking Portal
description: '{{TITLE}}'
inboundAuthenticationConfig: !!org.wso2.carbon.identity.application.common.model.InboundAuthenticationConfig
  inboundAuthenticationRequestConfigs:
    - inboundAuthKey: abc
      inboundAuthType: oauth2
      inboundConfigurationProtocol: !!org.wso2.carbon.identity.oauth.dto.OAuthAppDO
        applicationName: Booking Portal
        callbackUrl: regexp=(https://{{HOST}}/a|https://{{HOST}}/b)
        grantTypes: authorization_code refresh_token
        oauthConsumerKey: abc
        oauthConsumerSecret: '********'
        oauthVersion: OAuth-2.0
        userAccessTokenExpiryTime: {{LIFETIME}}
`;
    const environments = {
      dev: { shared: { HOST: 'dev.aldermere.example', LIFETIME: '60', TITLE: 'Dev' } },
      prod: { shared: { HOST: 'aldermere.example', LIFETIME: '900', TITLE: "It's live" } },
    };
    const conversion = convert(environments, { 'Applications/Booking Portal.yml': file });
    expect(reasons(conversion)).toEqual(['text-unreadable prod']);
    const text = textOf(conversion, PORTAL);
    expect(text).toContain('description: "{{var:TITLE}}"');
    expect(text).toContain('- https://{{var:HOST}}/a');
    expect(text).toContain('clientSecret: "{{secret:booking-portal-clientSecret}}"');
    expect(conversion.environments.get('prod')?.overrides).toEqual({
      'application/Booking Portal': {
        'inboundProtocolConfiguration.oidc.accessToken.userAccessTokenExpiryInSeconds': 900,
      },
    });
    expect(rendered(conversion, 'prod', 'application/Booking Portal')).toMatchObject({
      description: "It's live",
      inboundProtocolConfiguration: {
        oidc: {
          callbackURLs: ['https://aldermere.example/a', 'https://aldermere.example/b'],
          accessToken: { userAccessTokenExpiryInSeconds: 900 },
        },
      },
    });
  });

  test('what Liftlock does not manage is listed', () => {
    const conversion = convert(
      { dev: {} },
      {
        'UserStores/CREW.yml': 'name: CREW',
        'Roles/a.yml': 'displayName: a',
        'Roles/b.yml': 'displayName: b',
        'IdentityProviders/LOCAL.yml': 'identityProviderName: LOCAL',
        'Stuff/x.yml': 'a: 1',
      },
    );
    expect(conversion.report.notTaken.map(({ source, why }) => `${source}: ${why}`)).toEqual([
      'IdentityProviders/LOCAL.yml: the settings of the server itself; release "resident-identity-provider/LOCAL" under "unprotect" and export it',
      'UserStores: 1 file: Liftlock does not manage user stores',
      'Roles: 2 files: Liftlock does not manage roles',
      'Stuff: 1 file: no folder of IAM-CTL',
    ]);
  });

  test('one artifact in two files is refused: which is right cannot be told', () => {
    const conversion = convert(
      { dev: {} },
      { 'Applications/A.yml': 'name: A', 'Applications/A.json': '{"name": "A"}' },
    );
    expect(conversion.artifacts).toEqual([]);
    expect(conversion.report.artifacts.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('several files'),
      expect.stringContaining('several files'),
    ]);
  });

  test('one that its kind refuses is left out with the reason, the others are written', () => {
    const conversion = convert(
      { dev: {} },
      {
        'Applications/A.yml': 'name: A\nauthenticationSequence:\n    type: USER_DEFINED\n    steps: []',
        'Applications/B.yml': 'name: B',
      },
    );
    expect(conversion.artifacts.map(({ path }) => path)).toEqual(['artifacts/applications/B.yaml']);
    expect(conversion.report.artifacts.find(({ key }) => key === 'A')?.problem).toMatch(/USER_DEFINED/);
  });

  test('a keyword without a value in a number of a product file is named as it stands', () => {
    const file = (extra: string): string =>
      `applicationName: A\ninboundAuthenticationConfig:\n  inboundAuthenticationRequestConfigs:\n    - inboundAuthKey: a\n      inboundAuthType: oauth2\n      inboundConfigurationProtocol:\n        userAccessTokenExpiryTime: ${extra}\n`;
    const conversion = convert({ dev: { shared: { N: '1' } }, prod: {} }, { 'Applications/A.yml': file("'{{N}}'") });
    expect(conversion.report.artifacts[0]?.problem).toMatch(/^Applications\/A\.yml:7:\d+: .*\{\{N\}\}/);
  });

  test('a file that nobody can read is left out, with line and column', () => {
    const conversion = convert(
      { dev: {} },
      { 'Applications/A.yml': 'name: A\n  oops: [\n', 'Applications/B.yml': 'name: B' },
    );
    expect(conversion.artifacts.map(({ path }) => path)).toEqual(['artifacts/applications/B.yaml']);
    expect(conversion.report.artifacts.find(({ key }) => key === 'A')?.problem).toMatch(/^Applications\/A\.yml:1:7: /);
  });
});

describe('include and exclude rules', () => {
  const files = {
    'Applications/A.yml': 'name: A',
    'Applications/B.yml': 'name: B',
    'IdentityProviders/C.yml': 'name: C',
  };
  const both = (tool: JsonObject): Parameters<typeof convert>[0] => ({ dev: { tool }, prod: { tool } });
  const keys = (conversion: ReturnType<typeof convert>): string[] => conversion.report.artifacts.map(({ key }) => key);

  test('names that are excluded everywhere are protected and not taken', () => {
    const conversion = convert(both({ APPLICATIONS: { EXCLUDE: ['B', 'Console'] } }), files);
    expect(keys(conversion)).toEqual(['C', 'A']);
    expect(conversion.settings.protect).toEqual(['application/B', 'application/Console']);
  });

  test('INCLUDE_ONLY wins, and is pointed out', () => {
    const conversion = convert(both({ APPLICATIONS: { INCLUDE_ONLY: ['B'], EXCLUDE: ['B'] } }), files);
    expect(keys(conversion)).toEqual(['C', 'B']);
    expect(conversion.report.problems.map(({ code }) => code)).toEqual(['iamctl-include-only', 'iamctl-include-only']);
  });

  test('types that are excluded everywhere are no kinds of the workspace', () => {
    const conversion = convert(both({ EXCLUDE: ['IdentityProviders'] }), files);
    expect(keys(conversion)).toEqual(['A', 'B']);
    expect(conversion.settings.kinds).toEqual(['claim-dialect', 'local-claim', 'external-claim', 'application']);
  });

  test('what only one environment leaves out is taken, and reported', () => {
    const conversion = convert({ dev: {}, prod: { tool: { APPLICATIONS: { EXCLUDE: ['B'] } } } }, files);
    expect(keys(conversion)).toEqual(['C', 'A', 'B']);
    expect(reasons(conversion)).toEqual(['excluded-here prod']);
  });

  test('settings that IAM-CTL ignores without a word are named', () => {
    const conversion = convert(
      { dev: { tool: { APPLICATIONS: { EXCLUDE: 'A' }, EXLUDE: ['Roles'], EXCLUDE: ['Aplications'] } } },
      files,
    );
    expect(keys(conversion)).toEqual(['C', 'A', 'B']);
    expect(conversion.report.problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['iamctl-setting-ignored', 'Did you mean "EXCLUDE"?'],
      ['iamctl-setting-ignored', 'Write ["name"] if it was meant.'],
      ['iamctl-unknown-type', 'Did you mean "Applications"?'],
    ]);
  });

  test('a keyword of a single resource that stands outside of its KEYWORD_MAPPINGS is ignored by IAM-CTL, and named', () => {
    const tree = aldermere({ dev: {} }, { 'Applications/A.yml': 'name: A\naccessUrl: https://{{HOST}}' });
    const shared = { HOST: 'shore.aldermere.example' };
    const own = { A: { HOST: 'lock.aldermere.example' } };
    tree.set('configs/dev/keywordConfig.json', JSON.stringify({ KEYWORD_MAPPINGS: shared, APPLICATIONS: own }));
    const conversion = convertFiles(tree, ['dev']);
    expect(conversion.report.problems).toMatchObject([
      {
        code: 'iamctl-setting-ignored',
        severity: 'warning',
        environment: 'dev',
        message: '"HOST" of "A" is not in its KEYWORD_MAPPINGS, so IAM-CTL ignores it',
        hint: 'It is "A": {"KEYWORD_MAPPINGS": {"HOST": …}} if it was meant; early instructions of IAM-CTL left that out.',
      },
    ]);
  });
});

test('the same folder gives the same bytes', () => {
  const files = aldermere(HOSTS, { 'Applications/A.yml': "name: A\ndescription: '{{HOST}}'" });
  const [first, second] = [
    convertFiles(files, ['dev', 'prod']),
    convertFiles(new Map([...files].reverse()), ['dev', 'prod']),
  ];
  expect(second.artifacts).toEqual(first.artifacts);
  expect([...second.environments]).toEqual([...first.environments]);
});
