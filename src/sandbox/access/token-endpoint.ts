import type { JsonObject } from '../../model/json';
import type { Answer } from '../http/route';
import { basicCredentials, type Client, type Gatekeeper } from './gatekeeper';

/** Finds the client with an id and a secret. */
export type ClientLookup = (clientId: string, clientSecret: string) => Client | undefined;

/**
 * The OAuth2 token endpoint for client credentials (reference §1.2): the client proves itself by Basic authentication
 * or in the form, and gets the granted part of the scopes back in the answer.
 */
export function tokenAnswer(
  gatekeeper: Gatekeeper,
  lookup: ClientLookup,
  authorization: string | undefined,
  form: URLSearchParams,
): Answer {
  const client = provenClient(lookup, authorization, form);
  if (!client) {
    return {
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm=localhost' },
      body: { error: 'invalid_client', error_description: 'Client Authentication failed.' },
    };
  }
  const grantType = form.get('grant_type');
  if (grantType === null) return refused('invalid_request', 'Missing grant_type parameter value');
  if (grantType !== 'client_credentials') return refused('unsupported_grant_type', 'Unsupported grant_type value');
  if (client.grants && !client.grants.includes(grantType)) {
    const description = 'The authenticated client is not authorized to use this authorization grant type';
    return refused('unauthorized_client', description);
  }
  const requested = (form.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
  const grant = gatekeeper.grant(client, requested);
  const scope: JsonObject = grant.scopes.length > 0 ? { scope: grant.scopes.join(' ') } : {};
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' },
    body: { access_token: grant.token, ...scope, token_type: 'Bearer', expires_in: grant.lifetimeSeconds },
  };
}

function provenClient(
  lookup: ClientLookup,
  authorization: string | undefined,
  form: URLSearchParams,
): Client | undefined {
  const basic = basicCredentials(authorization);
  if (basic) return lookup(basic.name, basic.secret);
  return lookup(form.get('client_id') ?? '', form.get('client_secret') ?? '');
}

function refused(error: string, description: string): Answer {
  return { status: 400, body: { error, error_description: description } };
}
