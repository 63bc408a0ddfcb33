import { get, patch, post, put, type Step } from '../step';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

/** Credentials, verbs, media types and addresses that the server does not take. */
export const SIGN_IN_AND_HTTP: readonly Step[] = [
  get('nobody signs in', '/applications', { authorization: '' }),
  get('a wrong password', '/applications', { authorization: basic('admin:guess') }),
  get('an address that nothing answers', '/berths'),
  put('a verb that the list does not have', '/applications', {}),
  post('a form in place of JSON', '/applications', { raw: 'name=Quay' }, undefined, {
    mediaType: 'application/x-www-form-urlencoded',
  }),
  post('a body without media type', '/applications', { raw: '{"name":"Untyped Quay"}' }, undefined, { mediaType: '' }),
  get('XML is wanted', '/applications', { accept: 'application/xml' }),
  { name: 'verbs of the applications', method: 'OPTIONS', path: '/applications' },
  { name: 'verbs of the identity providers', method: 'OPTIONS', path: '/identity-providers' },
  { name: 'verbs of the dialects', method: 'OPTIONS', path: '/claim-dialects' },
  patch('a verb that dialects do not have', '/claim-dialects/local', {}),
  { name: 'HEAD of the identity providers', method: 'HEAD', path: '/identity-providers' },
  { name: 'HEAD of the dialects', method: 'HEAD', path: '/claim-dialects' },
];
