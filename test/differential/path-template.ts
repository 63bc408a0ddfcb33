/** Words that are no id although they follow a collection. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  applications: ['import', 'meta', 'resident', 'templates', 'loginflow'],
  'identity-providers': ['import', 'meta', 'templates', 'LOCAL'],
  'claim-dialects': ['import', 'local'],
  'inbound-protocols': ['oidc', 'saml', 'passive-sts', 'ws-trust'],
  claims: [],
  scopes: [],
  templates: [],
  'federated-authenticators': [],
  'outbound-connectors': [],
  'outbound-provisioning-connectors': [],
  'authorized-apis': [],
};

const NAMES: Readonly<Record<string, string>> = {
  applications: 'application',
  'identity-providers': 'identityProvider',
  'claim-dialects': 'dialect',
  'inbound-protocols': 'protocol',
  claims: 'claim',
  scopes: 'scope',
  templates: 'template',
  'federated-authenticators': 'authenticator',
  'outbound-connectors': 'connector',
  'outbound-provisioning-connectors': 'connector',
  'authorized-apis': 'api',
};

/** A path below `/api/server/v1` without its query, and with `{name}` in place of each id. */
export function pathTemplate(path: string): string {
  const segments = (path.split('?')[0] ?? '').split('/');
  const named = segments.map((segment, index) => {
    const collection = segments[index - 1] ?? '';
    const isId = segment !== '' && FIXED[collection] !== undefined && !FIXED[collection].includes(segment);
    return isId ? `{${NAMES[collection] ?? 'id'}}` : segment;
  });
  return named.join('/');
}
