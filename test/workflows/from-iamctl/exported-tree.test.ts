import type { Problem } from '../../../src/model/problem';
import { convert, textOf } from './aldermere';

/* What the exports of IAM-CTL hold beside what its users write. */

describe('exports', () => {
  test('the resident application is not taken, and no fault', () => {
    const { report } = convert(
      { dev: {} },
      {
        'Applications/resident.yml': 'provisioningConfigurations:\n    outboundProvisioningIdps: []\n',
        'Applications/Timetable.yml': 'name: Timetable\n',
      },
    );
    expect(report.notTaken).toContainEqual({
      source: 'Applications/resident.yml',
      why: expect.stringContaining('server itself') as string,
    });
    expect(report.artifacts.map(({ key, problem }) => [key, problem])).toEqual([['Timetable', undefined]]);
  });

  test('an application without a name that says more than that is a fault', () => {
    const { report } = convert(
      { dev: {} },
      { 'Applications/Ghost.yml': 'provisioningConfigurations: {}\ndescription: adrift\n' },
    );
    expect(report.artifacts).toMatchObject([{ key: 'Ghost', problem: expect.stringContaining('name') as string }]);
  });

  test('the index that each server makes for SAML is left out without a word', () => {
    const conversion = convert(
      { dev: {} },
      {
        'Applications/Ticket Office.yml': `name: Ticket Office
inboundProtocolConfiguration:
    saml:
        _type: saml
        manualConfiguration:
            issuer: tickets
            assertionConsumerUrls:
                - https://tickets.aldermere.example/acs
            singleSignOnProfile:
                attributeConsumingServiceIndex: "1409063012"
                enableSignatureValidationForArtifactBinding: true
`,
      },
    );
    expect(conversion.report.differences).toEqual([]);
    expect(conversion.report.problems).toEqual([]);
    const text = textOf(conversion, 'artifacts/applications/Ticket Office.yaml');
    expect(text).toContain('issuer: tickets');
    expect(text).not.toContain('attributeConsumingServiceIndex');
  });

  test('the flags of claim profiles in a file of the product are flags', () => {
    const claim = {
      type: 'LocalClaim',
      claimURI: 'http://wso2.org/claims/berth',
      displayName: 'Berth',
      attributeMapping: [{ mappedAttribute: 'berth', userstore: 'PRIMARY' }],
      profiles: { console: { required: true, readOnly: false } },
    };
    const dialect = { id: 'local', dialectURI: 'http://wso2.org/claims', claims: [claim] };
    const conversion = convert({ dev: {} }, { 'Claims/http_wso2_org_claims.json': JSON.stringify(dialect) });
    expect(conversion.report.differences).toEqual([]);
    const [file] = conversion.artifacts.filter(({ path }) => path.includes('berth'));
    expect(file?.text).toMatch(/console:\n\s+required: true/);
  });

  test('certificates and groups of an identity provider come out of its XML', () => {
    const conversion = convert(
      { dev: {} },
      {
        'IdentityProviders/Ferry Alliance.xml': `<IdentityProvider>
  <IdentityProviderName>Ferry Alliance</IdentityProviderName>
  <Certificate>Zmlyc3Q=</Certificate>
  <IdpGroupConfigs>
    <IdpGroupConfig><IdpGroup>captains</IdpGroup></IdpGroupConfig>
    <IdpGroupConfig><IdpGroup>pursers</IdpGroup></IdpGroupConfig>
  </IdpGroupConfigs>
  <certificateInfoArray><certValue>Zmlyc3Q=</certValue><thumbPrint>1</thumbPrint></certificateInfoArray>
  <certificateInfoArray><certValue>c2Vjb25k</certValue><thumbPrint>2</thumbPrint></certificateInfoArray>
</IdentityProvider>`,
      },
    );
    const text = textOf(conversion, 'artifacts/identity-providers/Ferry Alliance.yaml');
    expect(text).toMatch(/name: captains[\s\S]*name: pursers/);
    expect(text).toMatch(/- Zmlyc3Q=\n\s+- c2Vjb25k/);
  });
});

describe('files of the product', () => {
  const kiosk = (lines: string): string => `!!org.wso2.carbon.identity.application.common.model.ServiceProvider
applicationName: Harbour Kiosk
${lines}`;
  /** Without the warning that every application file of the product brings. */
  const problemsOf = ({ report }: ReturnType<typeof convert>): readonly Problem[] =>
    report.problems.filter(({ code }) => code !== 'iamctl-not-in-files');
  const client = `inboundAuthenticationConfig:
    inboundAuthenticationRequestConfigs:
        - inboundAuthKey: {{KIOSK}}
          inboundAuthType: oauth2
          inboundConfigurationProtocol:
            !!org.wso2.carbon.identity.oauth.dao.OAuthAppDO
            grantTypes: client_credentials
            oauthConsumerKey: {{KIOSK}}
`;

  test('a client id that stands there twice as the same keyword is one client id', () => {
    const conversion = convert(
      { dev: { shared: { KIOSK: 'kiosk-dev' } }, prod: { shared: { KIOSK: 'kiosk' } } },
      { 'Applications/Harbour Kiosk.yml': kiosk(client) },
    );
    expect(problemsOf(conversion)).toEqual([]);
    expect(textOf(conversion, 'artifacts/applications/Harbour Kiosk.yaml')).toContain('clientId: "{{var:KIOSK}}"');
  });

  test('another key than the client id is named where the environments have it', () => {
    const conversion = convert(
      { dev: { shared: { KIOSK: 'kiosk' } } },
      { 'Applications/Harbour Kiosk.yml': kiosk(client.replace('inboundAuthKey: {{KIOSK}}', 'inboundAuthKey: old')) },
    );
    expect(problemsOf(conversion)).toMatchObject([{ code: 'iamctl-not-carried' }]);
  });

  test('what is not carried is told with the keywords of the file', () => {
    const property = `idpProperties:\n    - name: "{{TIDE}}"\n      value: high\n`;
    const { report } = convert(
      { dev: { shared: { TIDE: 'tide' } } },
      { 'IdentityProviders/Google.yml': `identityProviderName: Google\n${property}` },
    );
    expect(report.problems.map(({ message }) => message)).toEqual([expect.stringContaining('"{{TIDE}}"')]);
  });

  test('a list that an export joined is a list again, and IAM-CTL is said to send nothing', () => {
    const audiences = '            audiences: https://api.{{HOST}},https://fares.{{HOST}}\n';
    const conversion = convert(
      { dev: { shared: { HOST: 'dev.aldermere.example', KIOSK: 'kiosk' } } },
      { 'Applications/Harbour Kiosk.yml': kiosk(client + audiences) },
    );
    expect(conversion.report.artifacts).toMatchObject([{ key: 'Harbour Kiosk', file: expect.any(String) as string }]);
    expect(conversion.report.differences).toMatchObject([
      {
        reason: 'list-joined',
        environment: 'dev',
        place: { line: 11 },
        sent: expect.stringContaining('nothing') as string,
      },
    ]);
    const text = textOf(conversion, 'artifacts/applications/Harbour Kiosk.yaml');
    expect(text).toMatch(/- https:\/\/api\.\{\{var:HOST\}\}\n\s+- https:\/\/fares\.\{\{var:HOST\}\}\n/);
  });

  test('a file that is no YAML before its keywords are filled in is one that older versions skip', () => {
    const conversion = convert(
      { dev: { shared: { TOWN: 'Lockport' } } },
      { 'Applications/Harbour Kiosk.yml': kiosk('description: {{TOWN}} and around\n') },
    );
    expect(conversion.report.differences).toEqual([]);
    expect(problemsOf(conversion)).toMatchObject([
      { code: 'iamctl-skipped', severity: 'warning', place: { file: 'Applications/Harbour Kiosk.yml', line: 3 } },
    ]);
  });

  test('a file in XML is one that older versions skip', () => {
    const { report } = convert(
      { dev: {} },
      {
        'IdentityProviders/Google.xml':
          '<IdentityProvider><IdentityProviderName>Google</IdentityProviderName></IdentityProvider>',
      },
    );
    expect(report.problems).toMatchObject([
      { code: 'iamctl-skipped', place: { file: 'IdentityProviders/Google.xml' } },
    ]);
  });

  test('YAML in a file that is called JSON is read, and told to be one that servers refuse', () => {
    const { report } = convert(
      { dev: {} },
      { 'IdentityProviders/Google.json': 'identityProviderName: Google\nalias: google\n' },
    );
    expect(report.artifacts).toMatchObject([{ key: 'Google', file: expect.any(String) as string }]);
    expect(report.problems).toMatchObject([
      { code: 'iamctl-skipped', message: expect.stringContaining('YAML') as string },
    ]);
  });

  test('XML that was broken into lines like a text gives no artifact with a broken name', () => {
    const { report } = convert(
      { dev: {} },
      {
        'IdentityProviders/Ferry Alliance.xml':
          '<IdentityProvider> <IdentityProviderName>Ferry\n  Alliance</IdentityProviderName> </IdentityProvider>',
      },
    );
    expect(report.artifacts).toMatchObject([
      { key: 'Ferry Alliance', problem: expect.stringContaining('line break') as string },
    ]);
  });

  test('what no file of an application can say is told, once, with the way to it', () => {
    const { report } = convert(
      { dev: {} },
      {
        'Applications/Harbour Kiosk.yml': kiosk(''),
        'Applications/Crew Roster.yml': kiosk('').replace('Harbour Kiosk', 'Crew Roster'),
      },
    );
    expect(report.problems).toMatchObject([
      { code: 'iamctl-not-in-files', severity: 'warning', hint: expect.stringContaining('liftlock export') as string },
    ]);
  });

  test.each([
    ['http://wso2.org/claims', ['iamctl-keyword-unread']],
    ['http_wso2_org_claims', []],
  ])('keywords of a dialect under %s', (name, codes) => {
    const file = `!!org.wso2.carbon.identity.rest.api.server.claim.management.v1.model.ClaimDialectConfiguration
claims:
    - !!org.wso2.carbon.identity.rest.api.server.claim.management.v1.dto.LocalClaimResDTO
      claimURI: http://wso2.org/claims/berth
      description: "{{BERTH}}"
dialectURI: http://wso2.org/claims
id: local
`;
    const { report } = convert(
      { dev: { shared: { BERTH: 'any' }, own: { CLAIMS: { [name]: { BERTH: 'by the window' } } } } },
      { 'Claims/http_wso2_org_claims.yml': file },
    );
    expect(report.problems.map(({ code }) => code)).toEqual(codes);
  });

  test('a file that quotes its keywords, or has them alone or inside of a word, is none of these', () => {
    const conversion = convert(
      { dev: { shared: { TOWN: 'Lockport' } } },
      {
        'Applications/Harbour Kiosk.yml': kiosk(
          'description: {{TOWN}}\naccessUrl: https://{{TOWN}}.example\nimageUrl: "{{TOWN}} here"\n',
        ),
      },
    );
    expect(problemsOf(conversion)).toEqual([]);
  });
});
