import { isObject, type Json } from '../../../src/model/json';
import type { Answer } from '../server';
import { withoutRowOrder } from './row-order';

/** Something of the answers of a real server that is not the product's own, and so is not compared. */
interface Uncompared {
  readonly what: string;
  readonly why: string;
  /** The answer without it. */
  readonly without: (answer: Answer, operation: Operation) => Answer;
}

/** What was asked for: the path without the query, `{…}` for an id. */
export interface Operation {
  readonly method: string;
  readonly path: string;
}

const OWN_AUTHENTICATORS = ['OpenIDConnectAuthenticator', 'SAMLSSOAuthenticator'];
const PLUGGED_IN = [
  'urn:ietf:params:oauth:grant-type:jwt-bearer',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:uma-ticket',
  ...['DPoP', 'certificate'],
  'account_switch',
  'organization_switch',
];

export const UNCOMPARED: readonly Uncompared[] = [
  {
    what: 'headers and bodies of 401 and 403',
    why: 'The valves in front of the API are not in the registry; a filter of ours stands in.',
    without: (answer) => ([401, 403].includes(answer.status) ? bare(answer) : answer),
  },
  {
    what: 'headers and bodies of answers to an address, a verb or a media type that no operation has',
    why: 'CXF gives these answers, and we set it up.',
    without: (answer) => ([405, 406, 415].includes(answer.status) || isPlain404(answer) ? bare(answer) : answer),
  },
  {
    what: '`message` and `description` of the codes UE-10000 and SE-50000',
    why: 'A mapper of exceptions that we wrote gives them; status and code are those of the product.',
    without: (answer) => withoutTexts(answer, ['UE-10000', 'SE-50000']),
  },
  {
    what: 'the order of inbound protocols, of allowed origins and of the claims of an application, the place of claims that were made in the list of their dialect, `clientId` and `issuer` of an application with several protocols, and the number in its property `CERTIFICATE`',
    why: 'The order is that of an index of the database over ids that the server makes up, or follows from what was stored on the server before; the first protocol in it decides which of the two fields is shown. Two runs of one server differ in it.',
    without: (answer, { path }) => ({ ...answer, body: withoutRowOrder(answer.body, path) }),
  },
  {
    what: 'authenticators other than OIDC and SAML, and the order of these two, in `/authenticators` and `/identity-providers/meta/federated-authenticators`',
    why: 'They are stand-ins that have no more than a name.',
    without: (answer, { path }) =>
      path === '/authenticators' || path === '/identity-providers/meta/federated-authenticators'
        ? { ...answer, body: ownAuthenticators(answer.body) }
        : answer,
  },
  {
    what: '`authenticators` in `/configs`, the list below it, and the `displayName` of one of them',
    why: 'They are stand-ins that have no more than a name.',
    without: (answer, { path }) =>
      path === '/configs' || path.startsWith('/configs/authenticators')
        ? { ...answer, body: withoutConfigured(answer.body) }
        : answer,
  },
  {
    what: '`properties` in `/identity-providers/meta/federated-authenticators/{authenticator}`',
    why: 'They are those of the authenticator, whose release is not that of the server: OIDC 5.7.1, SAML 5.8.2.',
    without: (answer, { path }) =>
      path === '/identity-providers/meta/federated-authenticators/{authenticator}' && isObject(answer.body)
        ? { ...answer, body: { ...answer.body, properties: [] } }
        : answer,
  },
  {
    what: '`tags` of authenticators other than OIDC and SAML in identity providers',
    why: 'They are stand-ins that have no more than a name.',
    without: (answer, { path }) =>
      path.startsWith('/identity-providers') ? { ...answer, body: withoutForeignTags(answer.body) } : answer,
  },
  {
    what: '`DisplayName` of local authenticators in exported files',
    why: 'The authenticators are stand-ins, and the name is theirs.',
    without: (answer, { path }) =>
      path.endsWith('/export') ? { ...answer, body: withoutDisplayNames(answer.body) } : answer,
  },
  {
    what: 'the list of outbound connectors, and a connector of an identity provider',
    why: 'No connector is in the registry.',
    without: (answer, { path }) =>
      path === '/identity-providers/meta/outbound-provisioning-connectors' ? bare(answer) : answer,
  },
  {
    what: 'templates of applications and identity providers that ship',
    why: 'They are in the distribution, not in the registry.',
    without: (answer, { method, path }) =>
      method === 'GET' && /^\/(applications|identity-providers)\/templates$/.test(path) ? bare(answer) : answer,
  },
  {
    what: 'grants and bindings of tokens that other components plug in, algorithms of encryption and aliases of certificates in `/applications/meta`',
    why: 'They come from those components, from configuration of an older OAuth feature, and from key stores that are made for the run.',
    without: (answer, { path }) =>
      path.startsWith('/applications/meta/inbound-protocols/') ? withoutPlugged(answer) : answer,
  },
];

/** An answer reduced to what the product's own code says. */
export function compared(answer: Answer, operation: Operation): Answer {
  return UNCOMPARED.reduce((reduced, { without }) => without(reduced, operation), answer);
}

function bare({ status }: Answer): Answer {
  return { status, headers: {}, body: '' };
}

function isPlain404({ status, body }: Answer): boolean {
  return status === 404 && !(isObject(body) && typeof body['code'] === 'string');
}

function withoutTexts(answer: Answer, codes: readonly string[]): Answer {
  const { body } = answer;
  if (!isObject(body) || !codes.includes(String(body['code']))) return answer;
  const kept = Object.entries(body).filter(([name]) => name !== 'message' && name !== 'description');
  return { ...answer, body: Object.fromEntries(kept) };
}

function withoutForeignTags(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutForeignTags);
  if (!isObject(value)) return value;
  const isForeign = value['authenticatorId'] !== undefined && !OWN_AUTHENTICATORS.includes(String(value['name']));
  const kept = Object.entries(value).filter(([name]) => !(isForeign && name === 'tags'));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutForeignTags(inner)]));
}

function withoutDisplayNames(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDisplayNames);
  if (!isObject(value)) return value;
  const isLocal = value['Name'] !== undefined && value['IsEnabled'] !== undefined;
  const kept = Object.entries(value).filter(([name]) => !(isLocal && name === 'DisplayName'));
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutDisplayNames(inner)]));
}

function withoutConfigured(body: Json): Json {
  if (Array.isArray(body)) return [];
  if (!isObject(body)) return body;
  const kept = Object.entries(body).filter(([name]) => name !== 'authenticators' && name !== 'displayName');
  return Object.fromEntries(kept);
}

/** In an order of ours: that of the product is the one in which its parts happen to start. */
function ownAuthenticators(body: Json): Json {
  if (!Array.isArray(body)) return body;
  const own = body.filter((element) => isObject(element) && OWN_AUTHENTICATORS.includes(String(element['name'])));
  return own.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

function withoutPlugged(answer: Answer): Answer {
  if (!isObject(answer.body)) return answer;
  const kept = Object.entries(answer.body).filter(([name]) => !/Encryption|certificateAlias/.test(name));
  const fields = kept.map(([name, value]) => {
    const options = isObject(value) ? value['options'] : undefined;
    if (!isObject(value) || !Array.isArray(options)) return [name, value] as const;
    const own = options.filter((option) => !PLUGGED_IN.includes(String(isObject(option) ? option['name'] : option)));
    return [name, { ...value, options: own }] as const;
  });
  return { ...answer, body: Object.fromEntries(fields) };
}
