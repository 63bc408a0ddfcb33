import type { JsonObject } from '../../model/json';
import { encodedName, unpadded } from '../identifiers';
import { isAtLeast, type Version } from '../versions';

interface MetaProperty {
  readonly key: string;
  readonly displayName: string;
  readonly description?: string;
  readonly mandatory?: boolean;
  readonly confidential?: boolean;
  readonly type?: 'STRING' | 'BOOLEAN';
}

export interface CatalogueEntry {
  readonly name: string;
  readonly displayName: string;
  readonly tags: readonly string[];
  readonly properties: readonly MetaProperty[];
}

function plain(key: string, displayName = key, description?: string): MetaProperty {
  return { key, displayName, description };
}
function mandatory(key: string, displayName = key): MetaProperty {
  return { key, displayName, mandatory: true };
}
function secret(key: string, displayName = key): MetaProperty {
  return { key, displayName, mandatory: true, confidential: true };
}
function toggle(key: string, displayName = key): MetaProperty {
  return { key, displayName, type: 'BOOLEAN' };
}

const CLIENT = [mandatory('ClientId', 'Client ID'), secret('ClientSecret', 'Client secret')];

/** Marks the authenticators that an application can drive through the API, which it can from 7.0. */
const API_LOGIN = 'APIAuth';

/** As the product's own tests want to read it. */
const GOOGLE_CLIENT: Readonly<Record<string, string>> = {
  ClientId: 'The client identifier value of the Google identity provider.',
  ClientSecret: 'The client secret value of the Google identity provider.',
};

/** The federated authenticators that a stock server has, with the properties that matter (reference §2.2.4). */
export const AUTHENTICATORS: readonly CatalogueEntry[] = [
  {
    name: 'OpenIDConnectAuthenticator',
    displayName: 'openidconnect',
    tags: ['OIDC', API_LOGIN],
    properties: [
      ...CLIENT,
      mandatory('OAuth2AuthzEPUrl', 'Authorization endpoint'),
      mandatory('OAuth2TokenEPUrl', 'Token endpoint'),
      plain('callbackUrl', 'Callback URL'),
      plain('UserInfoUrl', 'User info endpoint'),
      plain('OIDCLogoutEPUrl', 'Logout endpoint'),
      plain('Scopes'),
      plain('commonAuthQueryParams', 'Additional query parameters'),
      toggle('IsUserIdInClaims', 'User id is in the claims'),
      toggle('IsBasicAuthEnabled', 'HTTP Basic for client authentication'),
      toggle('isPKCEEnabled', 'PKCE'),
    ],
  },
  {
    name: 'SAMLSSOAuthenticator',
    displayName: 'samlsso',
    tags: ['SAML'],
    properties: [
      mandatory('SPEntityId', 'Service provider entity id'),
      mandatory('IdPEntityId', 'Identity provider entity id'),
      mandatory('SSOUrl', 'SSO address'),
      plain('SelectMode', 'Source of the configuration'),
      plain('meta_data_saml', 'Metadata'),
      plain('NameIDType', 'NameID format'),
      plain('RequestMethod', 'HTTP binding'),
      plain('LogoutReqUrl', 'Logout address'),
      plain('SignatureAlgorithm', 'Signature algorithm'),
      plain('DigestAlgorithm', 'Digest algorithm'),
      toggle('ISAuthnReqSigned', 'Authentication requests are signed'),
      toggle('IsAuthnRespSigned', 'Authentication responses are signed'),
      toggle('IsLogoutEnabled', 'Logout'),
      toggle('IsSLORequestAccepted', 'Logout requests are accepted'),
      toggle('IsUserIdInClaims', 'User id is in the claims'),
    ],
  },
  {
    name: 'GoogleOIDCAuthenticator',
    displayName: 'Google',
    tags: ['Social-Login', 'OIDC', API_LOGIN],
    properties: [
      ...CLIENT.map((each) => ({ ...each, description: GOOGLE_CLIENT[each.key] })),
      plain('callbackUrl', 'Callback URL', 'The callback URL used to obtain Google credentials.'),
      plain(
        'AdditionalQueryParameters',
        'Additional Query Parameters',
        'Additional query parameters to be sent to Google.',
      ),
    ],
  },
  {
    name: 'GithubAuthenticator',
    displayName: 'GitHub',
    tags: ['Social-Login'],
    properties: [
      ...CLIENT,
      plain('callbackUrl', 'Callback URL'),
      plain('scope', 'Scope'),
      toggle('UsePrimaryEmail', 'Use the primary e-mail'),
    ],
  },
  {
    name: 'FacebookAuthenticator',
    displayName: 'Facebook',
    tags: ['Social-Login'],
    properties: [
      ...CLIENT,
      plain('callbackUrl', 'Callback URL'),
      plain('Scope'),
      plain('UserInfoFields', 'User information fields'),
    ],
  },
  {
    name: 'PassiveSTSAuthenticator',
    displayName: 'passivests',
    tags: [],
    properties: [
      mandatory('RealmId', 'Realm'),
      mandatory('PassiveSTSUrl', 'Passive STS address'),
      toggle('IsUserIdInClaims'),
    ],
  },
  {
    name: 'MicrosoftWindowsLiveAuthenticator',
    displayName: 'Microsoft',
    tags: ['Social-Login'],
    properties: [...CLIENT, plain('windows-live-callback-url', 'Callback URL')],
  },
  {
    name: 'Office365Authenticator',
    displayName: 'Office365',
    tags: ['Social-Login'],
    properties: [...CLIENT, plain('callbackUrl', 'Callback URL')],
  },
  {
    name: 'TwitterAuthenticator',
    displayName: 'Twitter',
    tags: ['Social-Login'],
    properties: [
      mandatory('APIKey', 'API key'),
      secret('APISecret', 'API secret'),
      plain('callbackUrl', 'Callback URL'),
    ],
  },
  {
    name: 'IWAKerberosAuthenticator',
    displayName: 'IWA Kerberos',
    tags: [],
    properties: [mandatory('SPNName', 'SPN name'), secret('SPNPassword', 'SPN password')],
  },
  { name: 'EmailOTP', displayName: 'Email OTP', tags: [], properties: [] },
  { name: 'SMSOTP', displayName: 'SMS OTP', tags: [], properties: [] },
];

/** The outbound provisioning connectors that a stock server has. */
export const CONNECTORS: readonly CatalogueEntry[] = [
  {
    name: 'scim',
    displayName: 'scim',
    tags: [],
    properties: [
      mandatory('scim-username', 'User name'),
      secret('scim-password', 'Password'),
      mandatory('scim-user-ep', 'User endpoint'),
      plain('scim-group-ep', 'Group endpoint'),
      plain('scim-user-store-domain', 'User store domain'),
      toggle('scim-enable-pwd-provisioning', 'Provision passwords'),
    ],
  },
  {
    name: 'SCIM2',
    displayName: 'SCIM 2.0',
    tags: [],
    properties: [
      mandatory('scim2-username', 'User name'),
      secret('scim2-password', 'Password'),
      mandatory('scim2-user-ep', 'User endpoint'),
      plain('scim2-group-ep', 'Group endpoint'),
      toggle('scim2-enable-pwd-provisioning', 'Provision passwords'),
    ],
  },
  {
    name: 'googleapps',
    displayName: 'Google',
    tags: [],
    properties: [mandatory('google_prov_domain_name', 'Domain'), secret('google_prov_private_key', 'Private key')],
  },
  {
    name: 'salesforce',
    displayName: 'Salesforce',
    tags: [],
    properties: [
      mandatory('sf-username', 'User name'),
      secret('sf-password', 'Password'),
      secret('sf-client-secret', 'Client secret'),
    ],
  },
];

/** The catalogue entry with this encoded id. */
export function catalogued(catalogue: readonly CatalogueEntry[], id: string): CatalogueEntry | undefined {
  return catalogue.find((entry) => encodedName(entry.name) === unpadded(id));
}

/** What a version says an entry is good for. */
export function tagsIn(version: Version, { tags }: CatalogueEntry): string[] {
  return tags.filter((tag) => tag !== API_LOGIN || isAtLeast(version, '7.0'));
}

/** The properties of an entry in the form of the meta endpoints, with their isConfidential flags. */
export function metaProperties(entry: CatalogueEntry): JsonObject[] {
  return entry.properties.map((property, index) => ({
    key: property.key,
    displayName: property.displayName,
    ...(property.description === undefined ? {} : { description: property.description }),
    type: property.type ?? 'STRING',
    displayOrder: index + 1,
    regex: '.*',
    isMandatory: property.mandatory ?? false,
    isConfidential: property.confidential ?? false,
    options: [],
    defaultValue: '',
    subProperties: [],
  }));
}

/** The confidential property keys of a connector or authenticator. */
export function confidentialKeys(catalogue: readonly CatalogueEntry[], name: string): ReadonlySet<string> {
  const entry = catalogue.find((each) => each.name === name);
  return new Set(entry?.properties.filter((property) => property.confidential).map((property) => property.key));
}
