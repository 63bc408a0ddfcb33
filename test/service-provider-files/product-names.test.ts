import type { JsonObject } from '../../src/model/json';
import { readProductFile } from '../../src/service-provider-files/read';
import { xmlText } from '../../src/service-provider-files/write-xml';

const treeOf = (text: string): JsonObject => readProductFile(text, { file: 'x.xml' }).root;

/** The product binds elements by exact names, and passes over what it does not know: a wrong name loses the value. */
describe('the names that the product has for elements', () => {
  const inbound = {
    inboundAuthKey: 'moorings',
    inboundAuthType: 'oauth2',
    inboundConfigurationProtocol: { oauthConsumerKey: 'moorings', grantTypes: 'client_credentials' },
  };
  const application: JsonObject = {
    applicationName: 'Mooring Desk',
    inboundAuthenticationConfig: { inboundAuthenticationRequestConfigs: [inbound] },
    associatedRolesConfig: { allowedAudience: 'application', roles: [{ id: 'r-1', name: 'purser' }] },
  };
  const provider: JsonObject = {
    identityProviderName: 'Harbour Trust',
    claimConfig: { idpClaims: [{ claimUri: 'mail' }] },
  };

  it.each([
    ['an inbound protocol', application, '<InboundConfigurationProtocol xmlns:xsi='],
    ['a role', application, '<Name>purser</Name>'],
    ['the id of a role', application, '<Id>r-1</Id>'],
  ])('of an application are written: %s', (_what, tree, expected) => {
    expect(xmlText('application', tree, 'exportFile')).toContain(expected);
  });

  it('of claims of an identity provider are written', () => {
    const text = xmlText('identity-provider', provider, 'export').replaceAll(/\s+/g, '');
    expect(text).toContain('<IdpClaim><Claims><ClaimUri>mail</ClaimUri></Claims></IdpClaim>');
  });

  it.each(['export', 'exportFile'] as const)('are read back in the dialect %s', (dialect) => {
    expect(treeOf(xmlText('application', application, dialect))).toMatchObject(application);
  });

  it('are read with a small first letter too, as older versions of this tool wrote them', () => {
    const text = xmlText('application', application, 'exportFile')
      .replaceAll('InboundConfigurationProtocol', 'inboundConfigurationProtocol')
      .replace('<Name>', '<name>')
      .replace('</Name>', '</name>');
    expect(treeOf(text)).toMatchObject(application);
  });

  it('of a connector say whether it is enabled, with and without "Is"', () => {
    const connector = (name: string): string =>
      `<IdentityProvider><IdentityProviderName>x</IdentityProviderName><DefaultProvisioningConnectorConfig><Name>scim2</Name><${name}>true</${name}></DefaultProvisioningConnectorConfig></IdentityProvider>`;
    for (const name of ['IsEnabled', 'Enabled']) {
      expect(treeOf(connector(name))).toMatchObject({
        defaultProvisioningConnectorConfig: { name: 'scim2', enabled: true },
      });
    }
  });
});
