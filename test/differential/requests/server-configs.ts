import type { Json } from '../../../src/model/json';
import { get, patch, put, type Step } from '../step';

const CORS = '/configs/cors';
const SCIM = '/configs/provisioning/inbound/scim';
const REALMS = '/configs/home-realm-identifiers';

const change = (operation: string, path: string, value?: Json): Json =>
  value === undefined ? { operation, path } : { operation, path, value };

const IDLE = '/idleSessionTimeoutPeriod';
const REFUSED: readonly (readonly [string, Json])[] = [
  ['no minutes', [change('REPLACE', IDLE, '0')]],
  ['less than no minutes', [change('REPLACE', IDLE, '-1')]],
  ['a word for minutes', [change('REPLACE', IDLE, 'soon')]],
  ['a part of a minute', [change('REPLACE', IDLE, '2.5')]],
  ['a blank before minutes', [change('REPLACE', IDLE, ' 7')]],
  ['an empty text for minutes', [change('REPLACE', IDLE, '')]],
  ['nothing for minutes', [change('REPLACE', IDLE)]],
  ['null for minutes', [change('REPLACE', IDLE, null)]],
  ['more minutes than an Integer has', [change('REPLACE', IDLE, '99999999999')]],
  ['minutes added', [change('ADD', IDLE, '5')]],
  ['minutes removed', [change('REMOVE', IDLE)]],
  ['a path that is not there', [change('REPLACE', '/tonnage', '5')]],
  ['the administrator', [change('REPLACE', '/realmConfig/adminUser', 'x')]],
  ['no path', [{ operation: 'REPLACE', value: '5' }]],
  ['no operation', [{ path: IDLE, value: '5' }]],
  ['an operation in small letters', [change('replace', IDLE, '5')]],
  ['an object', {}],
  ['a good change and a bad one', [change('REPLACE', '/rememberMePeriod', '60'), change('REPLACE', '/tonnage', '5')]],
  ['a realm at the end', [change('ADD', '/homeRealmIdentifiers/-', 'x')]],
  ['a realm without a place', [change('ADD', '/homeRealmIdentifiers', 'x')]],
  ['all realms', [change('REPLACE', '/homeRealmIdentifiers', 'x')]],
  ['a realm at a place that is a word', [change('REPLACE', '/homeRealmIdentifiers/first', 'x')]],
  ['a realm beyond the last', [change('ADD', '/homeRealmIdentifiers/9', 'x')]],
  ['a realm that is not there', [change('REPLACE', '/homeRealmIdentifiers/9', 'x')]],
  ['the last realm removed', [change('REMOVE', '/homeRealmIdentifiers/0')]],
];

const CORS_PATCHES: readonly (readonly [string, Json])[] = [
  ['a flag', [change('REPLACE', '/allowAnyOrigin', 'TRUE')]],
  ['a flag that is neither', [change('REPLACE', '/allowSubdomains', 'maybe')]],
  ['a flag as true', [change('REPLACE', '/allowGenericHttpRequests', false)]],
  ['a flag added', [change('ADD', '/supportAnyHeader', 'false')]],
  ['an age', [change('REPLACE', '/maxAge', '600')]],
  ['an age below 0', [change('REPLACE', '/maxAge', '-5')]],
  ['a word for an age', [change('REPLACE', '/maxAge', 'soon')]],
  ['an age that is no Integer', [change('REPLACE', '/maxAge', '9999999999')]],
  ['an age removed', [change('REMOVE', '/maxAge', '5')]],
  ['an age without a value', [change('REPLACE', '/maxAge')]],
  ['a good change and a bad one', [change('REPLACE', '/maxAge', '7'), change('REPLACE', '/tonnage', '5')]],
  ['a header', [change('ADD', '/supportedHeaders', 'X-Tide')]],
  ['headers', ['zz', 'aa', 'X-Tide', 'Content-Type', 'x-tide'].map((name) => change('ADD', '/supportedHeaders', name))],
  ['a header to be shown', [change('ADD', '/exposedHeaders', 'X-Ebb')]],
  ['a header removed that is not there', [change('REMOVE', '/exposedHeaders', 'X-Flood')]],
  ['one method', [change('REPLACE', '/supportedMethods', 'PATCH')]],
  ['methods', ['GET', 'HEAD', 'TRACE', 'FROB'].map((name) => change('ADD', '/supportedMethods', name))],
  ['a method removed', [change('REMOVE', '/supportedMethods', 'FROB')]],
  ['nothing', []],
];

/** The settings of the server as it goes back to them. */
const BACK: readonly Step[] = [
  patch('sessions as before', '/configs', [
    change('REPLACE', IDLE, '15'),
    change('REPLACE', '/rememberMePeriod', '20160'),
  ]),
  patch('CORS as before', CORS, [
    ...['allowGenericHttpRequests', 'supportAnyHeader', 'supportsCredentials'].map((name) =>
      change('REPLACE', `/${name}`, 'true'),
    ),
    ...['allowAnyOrigin', 'allowSubdomains'].map((name) => change('REPLACE', `/${name}`, 'false')),
    change('REPLACE', '/maxAge', '-1'),
    change('REPLACE', '/supportedMethods', 'HEAD'),
    ...['DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'].map((name) => change('ADD', '/supportedMethods', name)),
    ...['zz', 'aa', 'X-Tide', 'Content-Type', 'x-tide'].map((name) => change('REMOVE', '/supportedHeaders', name)),
    change('REMOVE', '/exposedHeaders', 'X-Ebb'),
  ]),
  put('users by SCIM as before', SCIM, {}),
];

/** What `/configs` shows and changes, and the paths below it that Liftlock's users' tools read. */
export const SERVER_CONFIGS: readonly Step[] = [
  get('the settings', '/configs'),
  patch('the sessions changed', '/configs', [
    change('REPLACE', IDLE, '30'),
    change('REPLACE', '/rememberMePeriod', 60),
  ]),
  ...REFUSED.map(([what, body]) => patch(`settings changed by ${what}`, '/configs', body)),
  ...['', 'null', '[]'].map((raw) => patch(`settings changed by the text "${raw}"`, '/configs', { raw })),
  get('the settings, changed', '/configs'),
  patch('realms added', '/configs', [
    change('ADD', '/homeRealmIdentifiers/1', 'second'),
    change('ADD', '/homeRealmIdentifiers/0', 'zero'),
  ]),
  get('realms added, read', REALMS),
  patch('realms changed', '/configs', [
    change('REPLACE', '/homeRealmIdentifiers/0', 'one,two'),
    change('REMOVE', '/homeRealmIdentifiers/2'),
  ]),
  get('realms changed, read', REALMS),
  patch('realms as before', '/configs', [
    change('REPLACE', '/homeRealmIdentifiers/0', 'localhost'),
    change('REMOVE', '/homeRealmIdentifiers/1'),
    change('REMOVE', '/homeRealmIdentifiers/1'),
  ]),
  get('CORS', CORS),
  ...CORS_PATCHES.flatMap(([what, body]) => [
    patch(`CORS changed by ${what}`, CORS, body),
    get(`CORS changed by ${what}, read`, CORS),
  ]),
  get('where users come in by SCIM', SCIM),
  ...(
    [
      ['the proxy mode', { provisioningUserstore: 'PRIMARY', enableProxyMode: true }],
      ['a store', { provisioningUserstore: 'PRIMARY' }],
      ['a store that is not there', { provisioningUserstore: 'BILGE', enableProxyMode: false }],
      ['a word for the proxy mode', { enableProxyMode: 'maybe' }],
      ['an unknown field', { berth: 1 }],
      ['nothing', {}],
    ] as const
  ).flatMap(([what, body]) => [put(`users by SCIM: ${what}`, SCIM, body), get(`users by SCIM: ${what}, read`, SCIM)]),
  put('users by SCIM: the proxy mode of the resident application', '/applications/resident', {
    inboundProvisioning: { proxyMode: true },
  }),
  get('users by SCIM: the proxy mode of the resident application, read', SCIM),
  put('users by SCIM: the proxy mode, again', SCIM, { enableProxyMode: true }),
  get('users by SCIM: the resident application', '/applications/resident'),
  get('local authenticators', '/configs/authenticators?type=LOCAL'),
  get('an authenticator', '/configs/authenticators/dG90cA'),
  get(
    'an authenticator that reads the request',
    '/configs/authenticators/QmFzaWNBdXRoUmVxdWVzdFBhdGhBdXRoZW50aWNhdG9y',
  ),
  get('an authenticator that is not there', '/configs/authenticators/Tm9wZQ'),
  get('an authenticator whose id is none', '/configs/authenticators/no!id'),
  get('settings that are not there', '/configs/tonnage'),
  put('all settings replaced', '/configs', {}),
  ...BACK,
  get('the settings as before', '/configs'),
];
