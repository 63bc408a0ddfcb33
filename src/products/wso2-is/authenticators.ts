/**
 * The confidential properties of the federated authenticators that ship with the product. An authenticator that is
 * listed here needs no question to the server; any other one is looked up in `/meta/federated-authenticators`.
 */
const AUTHENTICATORS: Readonly<Record<string, readonly string[]>> = {
  OpenIDConnectAuthenticator: ['ClientSecret'],
  SAMLSSOAuthenticator: [],
  PassiveSTSAuthenticator: [],
  GoogleOIDCAuthenticator: ['ClientSecret'],
  GithubAuthenticator: ['ClientSecret'],
  FacebookAuthenticator: ['ClientSecret'],
  MicrosoftWindowsLiveAuthenticator: ['ClientSecret'],
  YahooOAuth2Authenticator: ['ClientSecret'],
  TwitterAuthenticator: ['APISecret'],
  AppleOIDCAuthenticator: ['ClientSecret', 'PrivateKey'],
  IWAKerberosAuthenticator: ['SPNPassword'],
};

/** The confidential properties of the outbound provisioning connectors that ship with the product. */
const CONNECTORS: Readonly<Record<string, readonly string[]>> = {
  scim: ['scim-password', 'scim-default-pwd'],
  SCIM2: ['scim2-password', 'scim2-default-pwd', 'scim2-access-token', 'scim2-api-key-value'],
  googleapps: ['google_prov_private_key'],
  salesforce: ['sf-password', 'sf-client-secret'],
  spml: ['spml-password'],
};

/** The two families of an identity provider's elements, with what the embedded tables know about each. */
export const SHIPPED = { authenticator: AUTHENTICATORS, connector: CONNECTORS } as const;

export type Family = keyof typeof SHIPPED;

/** True when the confidential properties of this authenticator or connector are known without asking the server. */
export function isShipped(family: Family, name: string): boolean {
  return Object.hasOwn(SHIPPED[family], name);
}

/** Names of confidential properties of everything that ships in a family, each once. */
export function confidentialNames(family: Family): string[] {
  return [...new Set(Object.values(SHIPPED[family]).flat())];
}

/** Words that make a property a secret whoever wrote the authenticator. */
const SECRET_WORDS =
  'secret|password|passphrase|private[-_ ]?key|api[-_ ]?key|credential|(?:access|refresh|bearer|api)[-_ ]?token';

/** Switches ("true", "false"), addresses and names that only speak of a secret. `use(?!r)`: not `userPassword`. */
const ABOUT_SECRETS =
  '(?:is(?!s)|has(?!h)|use(?!r)|enable|allow|require).*$|' +
  '.*(?:enabled|required|provisioning|url|uri|endpoint|header|alias|type|method|mode|period|expiry|length|id|name)$';

/**
 * Property names that hold secrets: those of the tables, and by a name pattern as a safety net for what the tables
 * do not know.
 */
export function secretNames(family: Family): RegExp {
  const exact = confidentialNames(family).join('|');
  return new RegExp(`^(?:${exact})$|^(?!${ABOUT_SECRETS}).*(?:${SECRET_WORDS})`, 'i');
}

/**
 * What the endpoint of a user-defined authenticator needs to log in and the server never returns, by type of
 * authentication (reference, 2.2.4). Names and addresses beside them are returned after 7.3.
 */
const ENDPOINT_SECRETS: Readonly<Record<string, readonly string[]>> = {
  NONE: [],
  BASIC: ['password'],
  BEARER: ['accessToken'],
  API_KEY: ['value'],
  CLIENT_CREDENTIAL: ['clientSecret'],
  PASSWORD_CREDENTIAL: ['clientSecret', 'password'],
};

/** The secrets without which the credentials of an endpoint are not complete. */
export function endpointSecrets(type: string): readonly string[] {
  return Object.hasOwn(ENDPOINT_SECRETS, type) ? (ENDPOINT_SECRETS[type] ?? []) : [];
}

export const OIDC_AUTHENTICATOR = 'OpenIDConnectAuthenticator';
export const SAML_AUTHENTICATOR = 'SAMLSSOAuthenticator';

/** The property that carries a SAML metadata document, and the mode in which the server reads it (IDP-60026). */
export const SAML_METADATA = 'meta_data_saml';
export const SAML_METADATA_MODE = { key: 'SelectMode', value: 'Metadata File Configuration' } as const;
