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
