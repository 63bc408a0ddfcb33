import { get, queries, type Step } from '../../step';

const PAGES = [
  'limit=2',
  'limit=2&offset=1',
  'limit=0',
  'limit=-1',
  'limit=abc',
  'limit=1000',
  'offset=-1',
  'offset=9999',
  'offset=abc',
  'offset=1',
];
const FILTERS = [
  'name+eq+made-two',
  'name+EQ+made-two',
  'name+co+made',
  'name+sw+made-t',
  'name+ew+two',
  'name+sw+MADE',
  'name+ne+made-two',
  'name',
  '',
  'tonnage+eq+x',
  'clientId+eq+known-client-of-made',
  'issuer+eq+made-saml',
  'name+co+made+and+name+co+two',
  'name+eq+made-two+or+name+eq+made-web',
  '%22made-two%22+eq+name',
  'name+eq+%22made-two%22',
  'name+co+_',
  'name+co+%25',
  'name+gt+a',
];

/** Pages, filters and chosen attributes of the list, and what the server says about itself. */
export const APPLICATION_LISTS: readonly Step[] = [
  get('all applications', '/applications'),
  ...queries('applications with', '/applications', [
    ...PAGES,
    ...FILTERS.map((filter) => `filter=${filter}`),
    'sortBy=name',
    'sortOrder=ASC',
    'sortBy=name&sortOrder=DESC',
    'tonnage=1',
    'attributes=advancedConfigurations',
    'attributes=clientId',
  ]),
  ...[
    'inbound-protocols',
    'inbound-protocols/oidc',
    'inbound-protocols/saml',
    'inbound-protocols/ws-trust',
    'inbound-protocols?customOnly=true',
    'inbound-protocols/semaphore',
    'adaptive-auth-templates',
  ].map((what) => get(`metadata ${what}`, `/applications/meta/${what}`)),
  get('templates of applications', '/applications/templates'),
  get('a template that is not there', '/applications/templates/nowhere'),
  get('the resident application', '/applications/resident'),
  get('the configurations of the server', '/configs'),
  get('the authenticators of the server', '/authenticators'),
];
