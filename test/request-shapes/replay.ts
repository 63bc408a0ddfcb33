import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { shapeOf, type Example } from './shape';
import { withWhatIsAtHand } from './at-hand';
import { mentionsNewerField, withoutNewerFields } from '../differential/answers/newer-fields';
import { get, idOf, post, remove, type Method, type Step } from '../differential/step';

/*
 * An example of a shape as steps: what its ids and its body refer to is made first, on both servers, and what it wrote is
 * read afterwards.
 */

const DIALECT = 'https://replayed.example/dialect';
const LOCAL_CLAIM = 'http://wso2.org/claims/replayed';
const METHODS: readonly Method[] = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What to make for an id in the path, by the name that the template gives it. */
const MADE_FOR: Readonly<Record<string, readonly Step[]>> = {
  application: [
    post(
      'an application to work with',
      '/applications',
      {
        name: 'Replayed subject',
        inboundProtocolConfiguration: {
          oidc: { grantTypes: ['authorization_code'], callbackURLs: ['https://replayed.example/back'] },
          saml: {
            manualConfiguration: { issuer: 'replayed', assertionConsumerUrls: ['https://replayed.example/acs'] },
          },
          passiveSts: { realm: 'replayed', replyTo: 'https://replayed.example/reply' },
        },
      },
      'application',
    ),
    get('its client', '/applications/{application}/inbound-protocols/oidc', {
      keepFields: { client: 'clientId', secret: 'clientSecret' },
    }),
  ],
  identityProvider: [
    post(
      'an identity provider to work with',
      '/identity-providers',
      provider('Replayed partner', 'OpenIDConnectAuthenticator'),
      'identityProvider',
    ),
  ],
  dialect: [post('a dialect to work with', '/claim-dialects', { dialectURI: DIALECT }, 'dialect')],
  claim: [
    post('a local claim to work with', '/claim-dialects/local/claims', localClaim(LOCAL_CLAIM), 'localclaim'),
    post(
      'an external claim to work with',
      '/claim-dialects/{dialect}/claims',
      { claimURI: `${DIALECT}/a`, mappedLocalClaimURI: LOCAL_CLAIM },
      'claim',
    ),
  ],
  scope: [
    post(
      'a scope to work with',
      '/oidc/scopes',
      { name: 'replayed', displayName: 'Replayed', claims: ['given_name'] },
      'scope',
    ),
  ],
};

/** An example as steps; one with fields that are newer than the real server once as it is, for 6.0, and once without. */
export function stepsFor(example: Example, shipped: ReadonlySet<string>): readonly (readonly Step[])[] {
  const body = contentOf(example);
  if (body === undefined || !mentionsNewerField(body)) return [replayed(example, body, shipped)];
  const older = replayed(example, withoutNewerFields(body), shipped);
  return [older, replayed(example, body, shipped).map((step) => ({ ...step, onlyFor: '6.0' as const }))];
}

function replayed(example: Example, body: Json | undefined, shipped: ReadonlySet<string>): readonly Step[] {
  const template = shapeOf(example).path;
  const sent = request(example, template, body);
  if (sent === undefined) return [];
  return [...subjects(template), ...references(body, shipped), sent, ...reads(sent), ...cleanUp(template)];
}

function subjects(template: string): Step[] {
  const isLocalClaim = template.startsWith('/claim-dialects/local/claims/');
  return Object.entries(MADE_FOR).flatMap(([name, steps]) => {
    if (!template.includes(`{${name}}`)) return [];
    return isLocalClaim ? steps.slice(0, 1) : [...steps];
  });
}

function request(example: Example, template: string, body: Json | undefined): Step | undefined {
  const method = METHODS.find((each) => each === example.method);
  if (method === undefined) return undefined;
  const isForm = example.type?.startsWith('multipart/') ?? false;
  const payload = example.body === undefined ? undefined : isForm || body === undefined ? { raw: example.body } : body;
  return {
    name: `${method} of the shape`,
    method,
    path: `${withIds(example.path, template)}`,
    body: isForm || payload === undefined || body === undefined ? payload : withClient(template, body),
    mediaType: example.type,
    keep: 'made',
  };
}

/** The path of the example with the ids of what was made in place of its own. */
function withIds(path: string, template: string): string {
  const [plain = '', query] = path.split('?');
  const own = plain.split('/');
  const wanted = template.split('/');
  const isLocalClaim = template.startsWith('/claim-dialects/local/claims/');
  const filled = wanted.map((segment, index) => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined || MADE_FOR[name] === undefined) return own[index] ?? segment;
    return name === 'claim' && isLocalClaim ? '{localclaim}' : name === 'scope' ? 'replayed' : segment;
  });
  return `${filled.join('/')}${query === undefined ? '' : `?${query}`}`;
}

/** An OIDC client that is replaced has to be named by its own id and secret. */
function withClient(template: string, body: Json): Json {
  if (!template.endsWith('/inbound-protocols/oidc') || !isObject(body)) return body;
  const own: JsonObject = { clientId: '{client}', clientSecret: '{secret}' };
  const named = Object.entries(own).filter(([name]) => body[name] !== undefined);
  return { ...body, ...Object.fromEntries(named) };
}

function contentOf({ body, type = '' }: Example): Json | undefined {
  if (body === undefined || type.startsWith('multipart/')) return undefined;
  try {
    const content: Json = JSON.parse(body);
    return typeof content === 'object' && content !== null ? withWhatIsAtHand(content) : undefined;
  } catch {
    return undefined;
  }
}

/** What the body names is made first: identity providers of login steps, local claims. */
function references(body: Json | undefined, shipped: ReadonlySet<string>): Step[] {
  if (body === undefined) return [];
  const providers = new Map<string, string>();
  const claims = new Set<string>();
  collect(body, providers, claims);
  if (isObject(body) && typeof body['claimURI'] === 'string') claims.delete(body['claimURI']);
  return [
    ...[...claims]
      .filter((uri) => !shipped.has(uri))
      .map((uri) => post(`the claim ${uri}`, '/claim-dialects/local/claims', localClaim(uri), `claim${uri.length}`)),
    ...[...providers].map(([name, authenticator]) =>
      post(`the identity provider ${name}`, '/identity-providers', provider(name, authenticator)),
    ),
  ];
}

function collect(value: Json, providers: Map<string, string>, claims: Set<string>): void {
  if (typeof value === 'string' && value.startsWith('http://wso2.org/claims/')) claims.add(value);
  if (Array.isArray(value)) value.forEach((each) => collect(each, providers, claims));
  if (!isObject(value)) return;
  const { idp, authenticator = 'OpenIDConnectAuthenticator', ...rest } = value;
  if (typeof idp === 'string' && idp !== 'LOCAL') providers.set(idp, String(authenticator));
  Object.values(rest).forEach((each) => collect(each, providers, claims));
}

/** What a write left, as it is read. */
function reads({ method, path }: Step): Step[] {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return [];
  const plain = path.split('?')[0] ?? '';
  const collection = /^\/(applications|identity-providers)(?:\/import)?$/.exec(plain)?.[1];
  if (collection === 'applications')
    return [
      get('what was made', '/applications/{made}'),
      ...['oidc', 'saml', 'passive-sts'].map((protocol) =>
        get(`its ${protocol}`, `/applications/{made}/inbound-protocols/${protocol}`),
      ),
    ];
  if (collection !== undefined) return [get('what was made', `/${collection}/{made}`)];
  if (plain === '/claim-dialects/local/claims' || plain === '/claim-dialects/{dialect}/claims')
    return [get('what was made', `${plain}/{made}`)];
  if (plain === '/oidc/scopes') return [get('the scopes', plain)];
  const top = /^\/(?:applications|identity-providers)\/\{\w+\}/.exec(plain)?.[0];
  return [...new Set([plain, ...(top === undefined ? [] : [top])])]
    .filter((each) => !each.endsWith('/import'))
    .map((each) => get(`${each} afterwards`, each));
}

/** Claims, dialects and scopes are few enough to be deleted by their ids; see server-state.ts for the rest. */
function cleanUp(template: string): Step[] {
  const steps = template.includes('/claim')
    ? [
        remove('the claim deleted', '/claim-dialects/{dialect}/claims/{claim}'),
        remove('the claim made deleted', '/claim-dialects/{dialect}/claims/{made}'),
        remove('the dialect deleted', '/claim-dialects/{dialect}'),
        remove('the dialect made deleted', '/claim-dialects/{made}'),
        remove('the local claim deleted', '/claim-dialects/local/claims/{localclaim}'),
        remove('the local claim made deleted', '/claim-dialects/local/claims/{made}'),
      ]
    : [];
  return template.startsWith('/oidc/scopes') ? [...steps, remove('the scope deleted', '/oidc/scopes/replayed')] : steps;
}

function localClaim(uri: string): JsonObject {
  const attribute = uri.split('/').at(-1) ?? uri;
  return {
    claimURI: uri,
    displayName: attribute,
    attributeMapping: [{ mappedAttribute: attribute, userstore: 'PRIMARY' }],
  };
}

function provider(name: string, authenticator: string): JsonObject {
  const authenticatorId = idOf(authenticator);
  const properties =
    authenticator === 'SAMLSSOAuthenticator'
      ? [
          { key: 'IdPEntityId', value: `entity of ${name}` },
          { key: 'SPEntityId', value: 'replayed' },
          { key: 'SSOUrl', value: 'https://replayed.example/sso' },
        ]
      : [
          { key: 'ClientId', value: 'replayed' },
          { key: 'ClientSecret', value: 'replayed-secret' },
          { key: 'OAuth2AuthzEPUrl', value: 'https://replayed.example/authorize' },
          { key: 'OAuth2TokenEPUrl', value: 'https://replayed.example/token' },
        ];
  return {
    name,
    federatedAuthenticators: {
      defaultAuthenticatorId: authenticatorId,
      authenticators: [{ authenticatorId, isEnabled: true, properties }],
    },
  };
}
