import { ApiFailure } from '../failures';

/* The errors of the identity provider API (reference §2.2.3). */

/** 400 with a code of the identity provider API. */
export function badProvider(code: string, description: string): ApiFailure {
  return new ApiFailure(400, code, 'Invalid identity provider.', description);
}
export function providerExists(name: string): ApiFailure {
  return new ApiFailure(
    409,
    'IDP-60001',
    'Identity provider exists.',
    `An identity provider with the name '${name}' is there already.`,
  );
}
export function noSuchProvider(id: string): ApiFailure {
  return new ApiFailure(404, 'IDP-60002', 'Identity provider not found.', `No identity provider has the id ${id}.`);
}
export function noSuchAuthenticator(id: string): ApiFailure {
  return new ApiFailure(
    404,
    'IDP-60022',
    'Federated authenticator not found.',
    `There is no federated authenticator with the id ${id}.`,
  );
}
export function noSuchConnector(id: string): ApiFailure {
  return new ApiFailure(
    404,
    'IDP-60023',
    'Outbound connector not found.',
    `There is no outbound connector with the id ${id}.`,
  );
}
/** The product answers this with 500: a plain exception that nobody turned into a client error (quirk 13). */
export function providerInUse(code: 'IDP-65004' | 'IDP-65005', name: string): ApiFailure {
  return new ApiFailure(
    500,
    code,
    'Unable to change the identity provider.',
    `'${name}' is referred by Service Providers.`,
  );
}
/** The other meaning of IDP-65005: what a PATCH wants to replace or remove is not there. */
export function nothingToPatch(path: string): ApiFailure {
  return new ApiFailure(404, 'IDP-65005', 'Resource not found.', `The identity provider has nothing at ${path}.`);
}
export function badPatch(description: string): ApiFailure {
  return badProvider('IDP-60025', description);
}
