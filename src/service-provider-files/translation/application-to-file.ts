import { isObject, type Json, type JsonObject } from '../../model/json';
import { APPLICATION, INBOUND_PROVISIONING } from './application-pairs';
import { claimsToFile } from './claim-mappings';
import type { Entry } from './ledger';
import { setAt, toFile } from './pairs';
import { FRONT_CHANNEL, OIDC, PASSIVE_STS, SAML, SERVICE_INDEX } from './protocol-pairs';
import { sequenceToFile } from './sequence';

/**
 * A service provider tree from an application of the REST vocabulary, defaults written out, since an import takes an absent
 * element as off; several callback URLs are the one entry that goes over the wire. What a file cannot carry stays unread in
 * the ledger of `value`. The client secret is written only when it is asked for.
 */
export function applicationToFile(value: Entry, withSecrets = false): JsonObject {
  const tree = toFile(APPLICATION, value);
  const certificate = value.at('advancedConfigurations.certificate');
  const type = certificate.text('type');
  if (type !== undefined) setAt(tree, type === 'JWKS' ? 'jwksUri' : 'certificateContent', certificate.text('value'));
  const inbound = protocolsToFile(value, withSecrets);
  setAt(tree, 'inboundAuthenticationConfig.inboundAuthenticationRequestConfigs', inbound);
  sequenceToFile(value, tree);
  claimsToFile(value, tree);
  leaveDefaultRoleClaim(value, tree);
  const provisioning = toFile(INBOUND_PROVISIONING, value);
  for (const [field, inner] of Object.entries(provisioning)) setAt(tree, field, inner);
  setAt(tree, 'outboundProvisioningConfig.provisioningIdentityProviders', outboundToFile(value));
  associatedRoles(value.at('associatedRoles'), tree);
  return tree;
}

/**
 * The role claim that every server shows for an application of the local dialect that has none is not written: the
 * exports of 6.x and 7.0 have no element for it then, and 7.0 and later do not know the claim and refuse the file.
 */
function leaveDefaultRoleClaim(value: Entry, tree: JsonObject): void {
  const config = tree['claimConfig'];
  if (value.text('claimConfiguration.dialect') === 'CUSTOM' || !isObject(config)) return;
  if (config['roleClaimURI'] === DEFAULT_ROLE_CLAIM) delete config['roleClaimURI'];
}

const DEFAULT_ROLE_CLAIM = 'http://wso2.org/claims/role';

function outboundToFile(value: Entry): Json[] {
  return value.each('provisioningConfigurations.outboundProvisioningIdps').map((entry) => ({
    identityProviderName: entry.text('idp') ?? '',
    defaultProvisioningConnectorConfig: {
      name: entry.text('connector') ?? '',
      blocking: entry.flag('blocking') ?? false,
      rulesEnabled: entry.flag('rules') ?? false,
    },
    justInTimeProvisioningConfig: { provisioningEnabled: entry.flag('jit') ?? false },
  }));
}

function associatedRoles(roles: Entry, tree: JsonObject): void {
  const audience = roles.text('allowedAudience');
  if (audience === undefined) return;
  setAt(tree, 'associatedRolesConfig.allowedAudience', audience.toLowerCase());
  const names = roles.each('roles').flatMap((role) => role.text('name') ?? []);
  if (names.length > 0)
    setAt(
      tree,
      'associatedRolesConfig.roles',
      names.map((name) => ({ name })),
    );
}

function protocolsToFile(value: Entry, withSecrets: boolean): Json[] {
  const protocols = value.at('inboundProtocolConfiguration');
  const name = value.text('name') ?? '';
  return [
    ...(protocols.has('oidc') ? [oidc(protocols.at('oidc'), name, withSecrets)] : []),
    ...(protocols.has('saml') ? [saml(protocols.at('saml'))] : []),
    ...(protocols.has('passiveSts') ? [passiveSts(protocols.at('passiveSts'))] : []),
    ...(protocols.has('wsTrust') ? [wsTrust(protocols.at('wsTrust'))] : []),
    ...protocols.each('custom').map((entry) => custom(entry, name)),
  ];
}

function config(key: string, type: string, rest: JsonObject): JsonObject {
  return { inboundAuthKey: key, inboundAuthType: type, inboundConfigType: 'standardAPP', ...rest };
}

function oidc(entry: Entry, name: string, withSecrets: boolean): JsonObject {
  const clientId = entry.text('clientId');
  const [callback] = entry.texts('callbackURLs');
  const protocol: JsonObject = {
    ...(clientId === undefined ? {} : { oauthConsumerKey: clientId }),
    applicationName: name,
    ...(callback === undefined ? {} : { callbackUrl: callback }),
    oauthVersion: 'OAuth-2.0',
    grantTypes: entry.texts('grantTypes').join(' '),
    // Without the element an import of 6.x breaks down with 500 and leaves the application without its protocol.
    scopeValidators: [],
    ...toFile(OIDC, entry),
  };
  const secret = withSecrets ? entry.text('clientSecret') : undefined;
  if (secret !== undefined) protocol.oauthConsumerSecret = secret;
  else entry.leave('clientSecret', 'secrets are not written into files; an import keeps the one that is deployed');
  return config(clientId ?? '', 'oauth2', { inboundConfigurationProtocol: protocol });
}

function saml(entry: Entry): JsonObject {
  const issuer = entry.text('issuer') ?? '';
  const bindings = entry.texts('singleSignOnProfile.bindings');
  const method = entry.text('singleLogoutProfile.logoutMethod');
  const binding = FRONT_CHANNEL.find(([, known]) => known === method)?.[0];
  const index = entry.text('singleSignOnProfile.attributeConsumingServiceIndex');
  const protocol: JsonObject = {
    issuer,
    ...toFile(SAML, entry),
    doSignAssertions: true,
    enableSAML2ArtifactBinding: bindings.includes('ARTIFACT'),
    doFrontChannelLogout: binding !== undefined,
    ...(binding === undefined ? {} : { frontChannelLogoutBinding: binding }),
    ...(index === undefined ? {} : { attributeConsumingServiceIndex: index }),
  };
  const qualifier = entry.text('serviceProviderQualifier');
  const key = qualifier === undefined ? issuer : `${issuer}:urn:sp:qualifier:${qualifier}`;
  // The index stands in two places (reference, 3.5).
  const repeated: JsonObject = index === undefined ? {} : { properties: [{ name: SERVICE_INDEX, value: index }] };
  return config(key, 'samlsso', { inboundConfigurationProtocol: protocol, ...repeated });
}

function passiveSts(entry: Entry): JsonObject {
  const properties = Object.entries(PASSIVE_STS).flatMap(([field, name]) => {
    const value = entry.text(field);
    return value === undefined ? [] : [{ name, value }];
  });
  return config(entry.text('realm') ?? '', 'passivests', { properties });
}

function wsTrust(entry: Entry): JsonObject {
  entry.leave('certificateAlias', 'a service provider file has no element for it');
  return config(entry.text('audience') ?? '', 'wstrust', {});
}

function custom(entry: Entry, name: string): JsonObject {
  const properties = entry.each('properties').map((item) => ({
    name: item.text('key') ?? '',
    value: item.text('value') ?? '',
  }));
  return {
    inboundAuthKey: name,
    inboundAuthType: entry.text('name') ?? '',
    inboundConfigType: entry.text('configName') ?? '',
    ...(properties.length > 0 ? { properties } : {}),
  };
}
