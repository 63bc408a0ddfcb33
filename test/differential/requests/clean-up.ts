import { get, remove, type Step } from '../step';

const APPLICATIONS = [
  ...['quay', 'upper', 'odd', 'chosenid', 'number', 'steps'],
  ...[
    'basic',
    'web',
    'spa',
    'service',
    'seventh',
    'known',
    'saml',
    'sts',
    'trust',
    'two',
    'empty',
    'custom',
    'short',
    'template',
    'usesold',
    'uses',
  ],
  ...[
    'filesmall',
    'fileoidc',
    'filesaml',
    'filests',
    'filesteps',
    'fileclaims',
    'fileroles',
    'filesaas',
    'fileeverything',
  ],
];
const PROVIDERS = [
  'ferry',
  'partner',
  'ferryodd',
  'brackets',
  'ferryupper',
  'noprov',
  'samlidp',
  'both',
  'google',
  'mapped',
  'issuer',
  'hub',
  'first',
  'prompt',
  'templated',
];

/** Everything is deleted that was made, and what is left is listed. */
export const CLEAN_UP: readonly Step[] = [
  ...APPLICATIONS.map((name) => remove(`the application ${name} deleted`, `/applications/{${name}}`)),
  remove('an application deleted again', '/applications/{quay}'),
  ...PROVIDERS.map((name) => remove(`the identity provider ${name} deleted`, `/identity-providers/{${name}}`)),
  get('the applications that are left', '/applications'),
  get('the identity providers that are left', '/identity-providers'),
];
