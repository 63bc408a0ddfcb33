import { uncaughtException } from '../failures';
import type { Answer, Route } from '../http/route';
import { anything, listOf, mapOf, model, text } from '../shapes';

const UPDATE = ['internal_application_mgt_update'];

const requestModel = model({
  user_query: text,
  user_claims: listOf(mapOf(anything)),
  available_authenticators: mapOf(listOf(mapOf(anything))),
});

/**
 * The login flow generator (7.1 on) asks a service of the vendor. A server without a subscription cannot reach it; what
 * it then answers is not established, so it is the 500 of an exception that nobody caught, which the API documents.
 */
export function loginFlowRoutes(): Route[] {
  const answer = (): Answer => {
    throw uncaughtException();
  };
  const path = '/applications/loginflow';
  return [
    { verb: 'POST', path: `${path}/generate`, scopes: UPDATE, since: '7.1', body: requestModel, answer },
    { verb: 'GET', path: `${path}/status/:operation`, scopes: UPDATE, since: '7.1', answer },
    { verb: 'GET', path: `${path}/result/:operation`, scopes: UPDATE, since: '7.1', answer },
  ];
}
