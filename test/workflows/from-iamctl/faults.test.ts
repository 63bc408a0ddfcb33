import type { JsonObject } from '../../../src/model/json';
import { convert, reasons, rendered, textOf, type Environments } from './aldermere';

/*
 * One case for each way in which IAM-CTL sends something else than its keywords say, named by the number that the
 * notes on it use. Every case says what is reported, and what the new workspace sends.
 */

const PORTAL = 'application/Booking Portal';
const APP = 'Applications/Booking Portal.yml';
const IDP = 'IdentityProviders/Harbour Trust.yml';

const app = (lines: string): Record<string, string> => ({ [APP]: `name: Booking Portal\n${lines}\n` });
const keywords = (dev: JsonObject, prod: JsonObject = dev): Environments => ({
  dev: { shared: dev },
  prod: { shared: prod },
});

interface Case {
  readonly name: string;
  readonly environments: Environments;
  readonly files: Readonly<Record<string, string>>;
  /** `reason environment path` */
  readonly reported: readonly string[];
  readonly artifact?: string;
  /** In prod. */
  readonly sends?: JsonObject;
  readonly variables?: Readonly<Record<string, string>>;
}

const oidc = (lines: string): string =>
  `inboundProtocolConfiguration:\n    oidc:\n        grantTypes: [authorization_code]\n${lines}`;

const CASES: readonly Case[] = [
  {
    name: 'F1: the mask of an identity provider is sent as its secret',
    environments: keywords({}),
    files: {
      [IDP]: `name: Harbour Trust\nfederatedAuthenticators:\n    authenticators:\n        - name: GoogleOIDCAuthenticator\n          properties:\n              - key: ClientSecret\n                value: '********'\n`,
    },
    reported: ['dev', 'prod'].map(
      (name) =>
        `mask-sent ${name} federatedAuthenticators.authenticators[GoogleOIDCAuthenticator].properties[ClientSecret].value`,
    ),
  },
  {
    name: 'F4: a list whose first element has a keyword is one text',
    environments: keywords({ HOST: 'dev.aldermere.example' }, { HOST: 'aldermere.example' }),
    files: app(oidc('        callbackURLs: https://{{HOST}}/cb,https://{{HOST}}/app')),
    reported: ['dev', 'prod'].map((name) => `list-joined ${name} inboundProtocolConfiguration.oidc.callbackURLs`),
    sends: {
      inboundProtocolConfiguration: {
        oidc: { callbackURLs: ['https://aldermere.example/cb', 'https://aldermere.example/app'] },
      },
    },
  },
  {
    name: 'F18: a quote ends the text',
    environments: keywords({ TITLE: 'Dev' }, { TITLE: "It's live" }),
    files: app("description: '{{TITLE}}'"),
    reported: ['text-unreadable prod'],
    sends: { description: "It's live" },
  },
  {
    name: 'F18: a colon makes a map',
    environments: keywords({ TITLE: 'Dev' }, { TITLE: 'Live: yes' }),
    files: app('description: {{TITLE}}'),
    reported: ['text-unreadable prod'],
    sends: { description: 'Live: yes' },
  },
  {
    name: 'F18: a backslash is an escape',
    environments: keywords({ SHARE: 'x' }, { SHARE: '\\net\\share' }),
    files: app('description: "{{SHARE}}"'),
    reported: ['text-unreadable prod'],
    sends: { description: '\\net\\share' },
  },
  {
    name: 'F18: doubled quotes become one',
    environments: keywords({ TITLE: 'x' }, { TITLE: "Boats '' Co" }),
    files: app("description: '{{TITLE}}'"),
    reported: ['text-changed prod description'],
    sends: { description: "Boats '' Co" },
  },
  {
    name: 'F18: what follows " #" is cut',
    environments: keywords({ TITLE: 'x' }, { TITLE: 'Boats #1' }),
    files: app('description: {{TITLE}}'),
    reported: ['text-cut prod description'],
    sends: { description: 'Boats #1' },
  },
  {
    name: 'F18: a line break injects a field',
    environments: keywords({ TITLE: 'x' }, { TITLE: 'Boats\nimageUrl: https://evil.example' }),
    files: app('description: {{TITLE}}'),
    reported: ['text-injected prod description', 'text-injected prod imageUrl'],
    sends: { description: 'Boats\nimageUrl: https://evil.example' },
  },
  {
    name: 'F18: a number with leading zeros is another number',
    environments: keywords({ CODE: 'x' }, { CODE: '0755' }),
    files: app('description: {{CODE}}'),
    reported: ['text-retyped prod description'],
    sends: { description: '0755' },
  },
  {
    name: 'F18: a date is a point in time',
    environments: keywords({ DAY: 'x' }, { DAY: '2027-03-01' }),
    files: app('description: {{DAY}}'),
    reported: ['text-retyped prod description'],
    sends: { description: '2027-03-01' },
  },
  {
    name: 'F18: a keyword in the value of another is filled in by chance',
    environments: keywords(
      { PORTAL: 'https://{{HOST}}', HOST: 'dev.aldermere.example' },
      { PORTAL: 'https://{{HOST}}', HOST: 'aldermere.example' },
    ),
    files: app('accessUrl: "{{PORTAL}}/home"\nimageUrl: "https://{{HOST}}/boat.png"'),
    reported: ['order-by-chance dev accessUrl', 'order-by-chance prod accessUrl'],
    sends: { accessUrl: 'https://aldermere.example/home' },
  },
  {
    name: 'F18: an ampersand breaks XML',
    environments: keywords({ TITLE: 'x' }, { TITLE: 'Boats & Co' }),
    files: {
      'Applications/Booking Portal.xml':
        '<ServiceProvider><ApplicationName>Booking Portal</ApplicationName><Description>{{TITLE}}</Description></ServiceProvider>',
    },
    reported: ['text-unreadable prod'],
    sends: { description: 'Boats & Co' },
  },
  {
    name: 'F19: a keyword without a value is sent as it stands',
    environments: keywords({ HOST: 'dev.aldermere.example' }, {}),
    files: app('accessUrl: https://{{HOST}}/home'),
    reported: ['keyword-not-set prod'],
  },
  {
    name: 'F19: so is a process variable that is not set',
    environments: keywords({ HOST: 'dev.aldermere.example' }, { HOST: '${PROD_HOST}' }),
    files: app('accessUrl: https://{{HOST}}/home'),
    reported: ['process-variable-not-set prod'],
  },
  {
    name: 'F20: a number in quotes is sent as a text',
    environments: keywords({ LIFETIME: '3600' }, { LIFETIME: '900' }),
    files: app(oidc("        accessToken:\n            userAccessTokenExpiryInSeconds: '{{LIFETIME}}'")),
    reported: ['dev', 'prod'].map(
      (name) => `type-lost ${name} inboundProtocolConfiguration.oidc.accessToken.userAccessTokenExpiryInSeconds`,
    ),
    sends: { inboundProtocolConfiguration: { oidc: { accessToken: { userAccessTokenExpiryInSeconds: 900 } } } },
  },
  {
    name: 'F20: so is a flag',
    environments: keywords({ SAAS: 'false' }, { SAAS: 'true' }),
    files: app("advancedConfigurations:\n    saas: '{{SAAS}}'"),
    reported: ['dev', 'prod'].map((name) => `type-lost ${name} advancedConfigurations.saas`),
    sends: { advancedConfigurations: { saas: true } },
  },
  {
    name: 'F20: a value that is no text is not filled in',
    environments: keywords({ SAAS: 'false' }, { SAAS: true }),
    files: app('advancedConfigurations:\n    saas: {{SAAS}}'),
    reported: ['value-not-text prod'],
    sends: { advancedConfigurations: { saas: true } },
  },
  {
    name: 'F20: in the block of a resource it is a crash',
    environments: {
      dev: { shared: { LIFETIME: '60' } },
      prod: { shared: {}, own: { APPLICATIONS: { 'Booking Portal': { LIFETIME: 900 } } } },
    },
    files: app(oidc('        refreshToken:\n            expiryInSeconds: {{LIFETIME}}')),
    reported: ['value-not-text prod'],
    sends: { inboundProtocolConfiguration: { oidc: { refreshToken: { expiryInSeconds: 900 } } } },
  },
  {
    name: 'F23: a quote in a process variable makes the configuration unreadable',
    environments: keywords({ TITLE: 'x' }, { TITLE: '${PROD_TITLE}' }),
    files: app("description: '{{TITLE}}'"),
    variables: { PROD_TITLE: 'the "best"' },
    reported: ['config-unreadable prod'],
    sends: { description: 'the "best"' },
  },
];

describe.each(CASES)('$name', ({ environments, files, reported, artifact = PORTAL, sends, variables = {} }) => {
  test('is reported, and the workspace sends what is meant', () => {
    const conversion = convert(environments, files, variables);
    expect(conversion.report.artifacts.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(reasons(conversion)).toEqual(reported);
    for (const { why, place } of conversion.report.differences) {
      expect(why).toMatch(/IAM-CTL/);
      expect(why).not.toMatch(/\bF\d+\b/);
      expect(place.file).not.toBe('');
    }
    if (sends) expect(rendered(conversion, 'prod', artifact, variables)).toMatchObject(sends);
  });
});

test('what raw text carries well is reported nowhere', () => {
  const conversion = convert(
    keywords(
      { HOST: 'dev.aldermere.example', N: '60', LIST: '[a, b]' },
      { HOST: 'aldermere.example', N: '900', LIST: '[c]' },
    ),
    app(
      `accessUrl: https://{{HOST}}/home\nadvancedConfigurations:\n    saas: true\n${oidc('        scopeValidators: {{LIST}}\n        refreshToken:\n            expiryInSeconds: {{N}}')}`,
    ),
  );
  expect(reasons(conversion)).toEqual([]);
  expect(conversion.environments.get('prod')?.variables).toEqual({ HOST: 'aldermere.example', LIST: ['c'], N: 900 });
  expect(rendered(conversion, 'dev', PORTAL)).toMatchObject({
    accessUrl: 'https://dev.aldermere.example/home',
    inboundProtocolConfiguration: { oidc: { scopeValidators: ['a', 'b'], refreshToken: { expiryInSeconds: 60 } } },
  });
});

test('F5 and F21: a literal with the value of one environment is pointed out', () => {
  const conversion = convert(
    keywords({ HOST: 'dev.aldermere.example' }, { HOST: 'www.aldermere.example' }),
    app(
      oidc('        callbackURLs:\n            - https://{{HOST}}/cb\n            - https://dev.aldermere.example/app'),
    ),
  );
  const lost = conversion.report.problems.filter(({ code }) => code === 'iamctl-placeholder-lost');
  expect(lost.map(({ message }) => message)).toEqual([expect.stringContaining('holds what HOST is in dev')]);
});

test('F21: a file that is no YAML with its placeholders, and no problem without them', () => {
  const conversion = convert(
    keywords({ HOSTS: 'https://a.example, https://b.example' }, { HOSTS: 'https://c.example' }),
    app(oidc('        allowedOrigins: [ {{HOSTS}} ]')),
  );
  expect(reasons(conversion)).toEqual([]);
  const origins = (environment: string): unknown =>
    (rendered(conversion, environment, PORTAL).inboundProtocolConfiguration as { oidc: JsonObject }).oidc
      .allowedOrigins;
  expect(origins('dev')).toEqual(['https://a.example', 'https://b.example']);
  expect(origins('prod')).toEqual(['https://c.example']);
});

test('F22: fields that are null mean nothing', () => {
  const conversion = convert(keywords({}), app('logoutReturnUrl: null\nclaimConfiguration: null'));
  expect(reasons(conversion)).toEqual([]);
  expect(textOf(conversion, 'artifacts/applications/Booking Portal.yaml')).not.toContain('null');
});

test('F23: numbers with an exponent are numbers, and too long ones are pointed out', () => {
  const claim = (order: string): string =>
    `dialectURI: http://wso2.org/claims\nclaims:\n    - claimURI: http://wso2.org/claims/berth\n      displayName: Berth\n      displayOrder: ${order}\n      attributeMapping: [{ userstore: PRIMARY, mappedAttribute: berth }]\n      properties:\n          - key: serial\n            value: 90071992547409931\n`;
  const conversion = convert(keywords({}), { 'Claims/http_wso2_org_claims.yml': claim('1e+06') });
  expect(rendered(conversion, 'dev', 'local-claim/http://wso2.org/claims/berth')).toMatchObject({
    displayOrder: 1_000_000,
    properties: [{ key: 'serial', value: '90071992547409931' }],
  });
  expect(conversion.report.problems.map(({ code }) => code)).toContain('iamctl-long-number');
});
