import type { Step } from '../../step';
import { get, idOf, patch, post, queries, remove } from '../../step';

const LIST = '/identity-providers';
const META = `${LIST}/meta`;

const QUERIES = [
  ...[
    'limit=1',
    'limit=1&offset=1',
    'limit=0',
    'limit=-1',
    'limit=abc',
    'limit=500',
    'offset=-1',
    'offset=99',
    'offset=abc',
  ],
  ...[
    'name+eq+ferry-line',
    'name+co+ferry',
    'name+sw+FERRY',
    'name+ew+line',
    'tonnage+eq+1',
    'name',
    'isEnabled+eq+true',
    'name+co+ferry+and+isEnabled+eq+true',
    'name+ne+ferry-line',
    'name+co+%25',
  ].map((filter) => `filter=${filter}`),
  ...[
    'federatedAuthenticators',
    'claims,roles',
    'tonnage',
    'homeRealmIdentifier,isPrimary,alias,certificate,provisioning',
    'idpIssuerName',
    'templateId',
  ].map((attributes) => `requiredAttributes=${attributes}`),
  ...['sortBy=name', 'sortOrder=ASC', 'sortBy=name&sortOrder=DESC'],
];

const uses = (idp: string, name = `uses-${idp}`): Step['body'] => ({
  name,
  authenticationSequence: {
    type: 'USER_DEFINED',
    steps: [
      {
        id: 1,
        options: [
          { idp, authenticator: 'OpenIDConnectAuthenticator' },
          { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
        ],
      },
    ],
  },
});

/** Lists and metadata of identity providers, one in use, and how they end. */
export const IDENTITY_PROVIDER_LISTS: readonly Step[] = [
  get('all identity providers', LIST),
  ...queries('identity providers with', LIST, QUERIES),
  get('the federated authenticators there are', `${META}/federated-authenticators`),
  get('what OIDC wants', `${META}/federated-authenticators/${idOf('OpenIDConnectAuthenticator')}`),
  get('what SAML wants', `${META}/federated-authenticators/${idOf('SAMLSSOAuthenticator')}`),
  get('what an unknown authenticator wants', `${META}/federated-authenticators/${idOf('Flag')}`),
  get('the outbound connectors there are', `${META}/outbound-provisioning-connectors`),
  get('what an unknown connector wants', `${META}/outbound-provisioning-connectors/${idOf('crane')}`),
  get('templates of identity providers', `${LIST}/templates`),
  get('the resident identity provider', `${LIST}/LOCAL`),
  get('the resident identity provider by its name', `${LIST}?filter=name+eq+LOCAL`),
  get('nobody', `${LIST}/nowhere`),
  get('the claims of nobody', `${LIST}/nowhere/claims`),
  remove('nobody deleted', `${LIST}/nowhere`),
  post('an application that uses an old name', '/applications', uses('ferry-oidc'), 'usesold'),
  post('an application that uses one', '/applications', uses('ferry-oidc-renamed'), 'uses'),
  get('an application that uses one, read', '/applications/{uses}'),
  get('the applications of an identity provider', `${LIST}/{partner}/connected-apps`),
  patch('one in use disabled', `${LIST}/{partner}`, [{ operation: 'REPLACE', path: '/isEnabled', value: 'false' }]),
  patch('one in use renamed', `${LIST}/{partner}`, [{ operation: 'REPLACE', path: '/name', value: 'ferry-partner' }]),
  get('an application whose identity provider was renamed', '/applications/{uses}'),
  // The real server goes on naming a provider that is gone as long as it has an application in its cache.
  post('another application that uses one', '/applications', uses('ferry-partner', 'ferry-uses-too'), 'usestoo'),
  remove('one in use deleted', `${LIST}/{partner}`),
  remove('one in use deleted by force', `${LIST}/{partner}?force=true`),
  get('an application whose identity provider is gone', '/applications/{usestoo}'),
];
