import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '../../../src/model/json';
import { get, patch, post, put, remove, upload, type Step } from '../step';

/** Payloads of the product's public integration tests. They lie beside the repository, not in it. */
const FOLDER = path.resolve(__dirname, '../../../../shared/fixtures/wso2-is');

const arePayloadsThere = existsSync(FOLDER);

/** Requests with those payloads: what is created with them is read, changed and deleted again; none where they are not there. */
export function publicPayloads(): Step[] {
  if (!arePayloadsThere) return [];
  return [...applications(), ...identityProviders(), ...claims(), ...files()];
}

function names(folder: string, pattern: RegExp): string[] {
  return readdirSync(path.join(FOLDER, folder))
    .filter((name) => pattern.test(name))
    .sort();
}

/** A payload; what a test of the product would fill in is filled in. */
function payload(folder: string, name: string): Json {
  const text = readFileSync(path.join(FOLDER, folder, name), 'utf8')
    .replace('"<AUTHENTICATOR_PROPERTIES>"', '[]')
    .replace('<METADATA_SAML_IDP>', '')
    .replace('<IDP_NAME>', `payload ${name}`);
  const content: Json = JSON.parse(text);
  return content;
}

function applications(): Step[] {
  const made = names('applications', /^create-(?!.*(response|template)).*\.json$/).flatMap((name) => [
    post(`${name}, created`, '/applications', payload('applications', name), 'payload'),
    get(`${name}, read`, '/applications/{payload}'),
    ...['oidc', 'saml', 'passive-sts', 'ws-trust'].map((protocol) =>
      get(`${name}, its ${protocol}`, `/applications/{payload}/inbound-protocols/${protocol}`),
    ),
    remove(`${name}, deleted`, '/applications/{payload}'),
  ]);
  const change = (name: string): Step[] => [
    patch(name, '/applications/{changed}', payload('applications', name)),
    get(`${name}, read`, '/applications/{changed}'),
  ];
  return [
    ...made,
    post('an application to change', '/applications', { name: 'payload-changed' }, 'changed'),
    ...change('patch-application-advanced-configuration.json'),
    ...change('update-claim-configuration.json'),
    put(
      'SAML of a payload',
      '/applications/{changed}/inbound-protocols/saml',
      payload('applications', 'put-saml-inbound-with-manual-configs.json'),
    ),
    get('SAML of a payload, read', '/applications/{changed}/inbound-protocols/saml'),
    remove('an application that was changed', '/applications/{changed}'),
  ];
}

function identityProviders(): Step[] {
  const PROVIDER = '/identity-providers/{payload}';
  const part = (name: string, at: string): Step[] => [
    put(name, `${PROVIDER}/${at}`, payload('identity-providers', name)),
    get(`${name}, read`, `${PROVIDER}/${at}`),
  ];
  return names('identity-providers', /^add-(?!.*template).*\.json$/).flatMap((name) => [
    post(`${name}, created`, '/identity-providers', payload('identity-providers', name), 'payload'),
    get(`${name}, read`, PROVIDER),
    ...names('identity-providers', /^patch-.*\.json$/).map((each) =>
      patch(`${name}, ${each}`, PROVIDER, payload('identity-providers', each)),
    ),
    ...part('update-idp-claims.json', 'claims'),
    ...part('update-idp-roles.json', 'roles'),
    ...part('update-idp-jit.json', 'provisioning/jit'),
    get(`${name}, changed, read`, PROVIDER),
    remove(`${name}, deleted`, PROVIDER),
  ]);
}

function claims(): Step[] {
  const LOCAL = '/claim-dialects/local/claims';
  return [
    post(
      'a dialect of a payload',
      '/claim-dialects',
      payload('claims', 'claim-management-add-dialect.json'),
      'payloaddialect',
    ),
    post(
      'a local claim of a payload of 5.11',
      LOCAL,
      payload('claims', 'claim-management-add-local-claim.is5.11.json'),
      'payloadclaim',
    ),
    post('a local claim of a payload', LOCAL, payload('claims', 'claim-management-add-local-claim.json')),
    put(
      'a local claim of a payload, replaced',
      `${LOCAL}/{payloadclaim}`,
      payload('claims', 'claim-management-update-local-claim.json'),
    ),
    get('a local claim of a payload, read', `${LOCAL}/{payloadclaim}`),
    post(
      'an external claim of a payload',
      '/claim-dialects/{payloaddialect}/claims',
      payload('claims', 'claim-management-add-external-claim.json'),
      'payloadexternal',
    ),
    put(
      'an external claim of a payload, replaced',
      '/claim-dialects/{payloaddialect}/claims/{payloadexternal}',
      payload('claims', 'claim-management-update-external-claim.json'),
    ),
    get('the claims of a dialect of a payload', '/claim-dialects/{payloaddialect}/claims'),
    remove('an external claim of a payload, deleted', '/claim-dialects/{payloaddialect}/claims/{payloadexternal}'),
    remove('a dialect of a payload, deleted', '/claim-dialects/{payloaddialect}'),
    remove('a local claim of a payload, deleted', `${LOCAL}/{payloadclaim}`),
  ];
}

/** A service provider file that names only grants that every server of the lane has. */
function fileText(name: string): string {
  const text = readFileSync(path.join(FOLDER, 'sp-xml', name), 'utf8');
  return text.replaceAll(
    /account_switch|urn:ietf:params:oauth:grant-type:(?:uma-ticket|jwt-bearer|token-exchange)/g,
    'password',
  );
}

function files(): Step[] {
  return names('sp-xml', /\.xml$/).flatMap((name) => [
    post(`${name}, imported`, '/applications/import', upload(name, fileText(name)), 'payload'),
    get(`${name}, read`, '/applications/{payload}'),
    remove(`${name}, deleted`, '/applications/{payload}'),
  ]);
}
