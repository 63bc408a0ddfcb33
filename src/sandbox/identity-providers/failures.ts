import { ApiFailure } from '../failures';

/*
 * The errors of the identity provider API (reference §2.2.3). Where the product's own tests look at message and
 * description, both are worded as there.
 */

/** 400 with a code of the identity provider API. */
export function badProvider(code: string, description: string, message = 'Invalid identity provider.'): ApiFailure {
  return new ApiFailure(400, code, message, description);
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
  const description = `Unable to find a resource matching the provided identity provider identifier ${id}.`;
  return new ApiFailure(404, 'IDP-60002', 'Resource not found.', description);
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
/** What the product tells when an application refers to the identity provider that is to be deleted. */
export function providerInUse(name: string): ApiFailure {
  const description = `The identity provider '${name}' is referred by Service Providers.`;
  return badProvider('IDP-65004', description, 'Unable to delete the identity provider.');
}

/**
 * A failure below the REST layer that has no code of its own: a client error, or a server error such as a broken
 * constraint of the database. The endpoint gives it one (ServerIdpManagementService: handleIdPException).
 */
export class UncodedFailure extends Error {
  constructor(readonly status: 400 | 500) {
    super('The identity provider cannot be stored like this.');
  }
}

/** What the work gives; a failure without a code gets the one of the endpoint. */
export function withCode<T>(code: string, work: () => T): T {
  try {
    return work();
  } catch (failure) {
    if (!(failure instanceof UncodedFailure)) throw failure;
    throw new ApiFailure(failure.status, code, 'Unable to store the identity provider.', failure.message);
  }
}
/** The other meaning of IDP-65005: what a PATCH wants to replace or remove is not there. */
export function nothingToPatch(path: string): ApiFailure {
  return new ApiFailure(404, 'IDP-65005', 'Resource not found.', `The identity provider has nothing at ${path}.`);
}
/** The catch-all for values that do not fit. */
export function badPatch(description: string): ApiFailure {
  return badProvider('IDP-60025', description, 'Invalid input.');
}
export function repeatedProperty(): ApiFailure {
  return badPatch('One of the given inputs is invalid. Duplicate properties are found in the request.');
}
export function takenAuthenticatorName(name: string): ApiFailure {
  const message = `Federated authenticator name ${name} is already taken.`;
  return badProvider('IDP-60025', message, message);
}
export function missingEndpoint(name: string): ApiFailure {
  const description = `Endpoint configuration must be provided for the user defined federated authenticators ${name}.`;
  return badProvider('IDP-60044', description, 'No endpoint provided.');
}
export function endpointOfSystem(name: string): ApiFailure {
  const description = `No endpoint configuration must be provided for the system defined federated authenticators ${name}.`;
  return badProvider('IDP-60040', description, 'No endpoint configuration is allowed.');
}
export function missingCredential(property: string, type: string): ApiFailure {
  const needed = `The property ${property} must be provided as an authentication property`;
  return badPatch(`${needed} for the ${type} authentication type.`);
}
export function scopesInTwoPlaces(): ApiFailure {
  const description =
    'Cannot set scopes in both Scopes and Additional Query Parameters. Recommend to use Scopes field.';
  return badProvider('IDP-60037', description, 'Duplicate OIDC Scopes.');
}
export function scopesWithoutOpenId(): ApiFailure {
  return badProvider('IDP-60038', "Scopes must contain 'openid'.", 'Invalid OIDC Scopes.');
}
export function badMetadata(): ApiFailure {
  return badProvider('IDP-60026', 'SAML metadata is invalid/empty.', 'Invalid SAML metadata.');
}
