import type { Json } from '../../../../src/model/json';
import { get, patch, type Step } from '../../step';

const PARTNER = '/identity-providers/{partner}';
const CERTIFICATE = ['MIIBgzCCASmgAwIBAgIUfakefakefakefakefakefakefakefakwCgYIKoZIzj0EAwIw'].join('');

function replace(path: string, value: Json): Json {
  return { operation: 'REPLACE', path, value };
}

const operations: readonly (readonly [string, readonly Json[]])[] = [
  ['a description', [replace('/description', 'Runs on time.')]],
  ['an empty description', [replace('/description', '')]],
  ['a home realm', [replace('/homeRealmIdentifier', 'line.ferry.example')]],
  ['a path that is not there', [replace('/berth', 'x')]],
  ['a description removed', [{ operation: 'REMOVE', path: '/description' }]],
  ['a description added', [{ operation: 'ADD', path: '/description', value: 'Added.' }]],
  ['an operation that is not there', [{ operation: 'MOVE', path: '/description', value: 'x' }]],
  ['no path', [{ operation: 'REPLACE', value: 'x' }]],
  ['no value', [{ operation: 'REPLACE', path: '/description' }]],
  ['another name', [replace('/name', 'ferry-oidc-renamed')]],
  ['a name that is taken', [replace('/name', 'ferry-line')]],
  ['disabled', [replace('/isEnabled', 'false')]],
  ['enabled', [replace('/isEnabled', 'true')]],
  ['enabled by a truth value', [replace('/isEnabled', true)]],
  ['primary', [replace('/isPrimary', 'true')]],
  ['not primary', [replace('/isPrimary', 'false')]],
  ['an alias', [replace('/alias', 'line')]],
  ['a picture', [replace('/image', 'https://ferry.example/other.png')]],
  ['a federation hub', [replace('/isFederationHub', 'true')]],
  ['no federation hub', [replace('/isFederationHub', 'false')]],
  ['the name of the issuer', [replace('/idpIssuerName', 'https://issuer.ferry.example')]],
  ['keys by address', [replace('/certificate/jwksUri', 'https://ferry.example/jwks-2')]],
  ['a certificate that is none', [{ operation: 'ADD', path: '/certificate/certificates/0', value: CERTIFICATE }]],
  ['a certificate removed that is not there', [{ operation: 'REMOVE', path: '/certificate/certificates/0' }]],
  ['two operations', [replace('/description', 'Two.'), replace('/alias', 'two')]],
  ['two operations, one refused', [replace('/description', 'Half.'), replace('/berth', 'x')]],
  ['no operations', []],
];

/** What a PATCH of an identity provider takes and refuses. */
export const IDENTITY_PROVIDER_PATCHES: readonly Step[] = [
  ...operations.flatMap(([what, body]) => [
    patch(`patched: ${what}`, PARTNER, [...body]),
    get(`patched: ${what}, read`, PARTNER),
  ]),
  patch('patched by an object', PARTNER, { description: 'x' }),
  patch('patched by broken JSON', PARTNER, { raw: '[' }),
  patch('patched by an empty body', PARTNER, { raw: '' }),
  patch('nobody patched', '/identity-providers/nowhere', [replace('/description', 'x')]),
];
