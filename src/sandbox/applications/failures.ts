import { ApiFailure } from '../failures';

/* The errors of the application API (reference §2.1.5). */

/** 400 APP-60001: the catch-all for values that do not fit. */
export function badApplication(description: string): ApiFailure {
  return new ApiFailure(400, 'APP-60001', 'Invalid Request.', description);
}

export function noSuchApplication(id: string): ApiFailure {
  return new ApiFailure(
    404,
    'APP-60006',
    'Application not found.',
    `Application cannot be found for the provided id: ${id}.`,
  );
}

export function applicationExists(name: string): ApiFailure {
  return new ApiFailure(
    409,
    'APP-60007',
    'Conflicting application name.',
    `An application with the name '${name}' is there already.`,
  );
}

export function badFilter(filter: string): ApiFailure {
  return new ApiFailure(400, 'APP-60004', 'Invalid filter.', `The filter '${filter}' is malformed or not supported.`);
}

export function forbiddenChange(description: string): ApiFailure {
  return new ApiFailure(403, 'APP-60008', 'Operation is not permitted.', description);
}

export function inboundKeyTaken(key: string): ApiFailure {
  return new ApiFailure(
    409,
    'APP-60009',
    'Conflicting inbound key.',
    `Another application uses the inbound key '${key}'.`,
  );
}

export function noSuchProtocol(protocol: string): ApiFailure {
  return new ApiFailure(
    404,
    'APP-60502',
    'Inbound protocol not configured.',
    `The application has no configuration of the inbound protocol ${protocol}.`,
  );
}

export function unsupportedProperty(description: string): ApiFailure {
  return new ApiFailure(400, 'APP-60506', 'Unsupported application property.', description);
}

/** The server offers no such protocol at all: 404 (reference §1.6). */
export function noSuchProtocolKind(protocol: string): ApiFailure {
  return new ApiFailure(404, 'APP-60501', 'Inbound protocol not found.', `There is no inbound protocol ${protocol}.`);
}

export function missingPrivilege(what: string): ApiFailure {
  return new ApiFailure(403, 'APP-60520', 'Operation is not permitted.', `A further scope is needed to ${what}.`);
}

export function reservedName(code: 'APP-60515' | 'APP-60516', name: string): ApiFailure {
  return new ApiFailure(400, code, 'Invalid application name.', `The name '${name}' belongs to a system application.`);
}

export function badOidc(description: string): ApiFailure {
  return new ApiFailure(400, 'OAUTH-60001', 'Invalid OIDC configuration.', description);
}

export function clientIdTaken(clientId: string): ApiFailure {
  return new ApiFailure(
    409,
    'OAUTH-60008',
    'Client ID is in use.',
    `Another application uses the client id '${clientId}'.`,
  );
}

export function badSaml(description: string): ApiFailure {
  return new ApiFailure(400, 'SAML-60001', 'Invalid SAML configuration.', description);
}

/** The address of SAML metadata gives none: 404, as the product's code of 6.0 answers. */
export function noSuchMetadata(): ApiFailure {
  return new ApiFailure(404, 'SAML-60003', 'No SAML metadata.', 'There is no metadata at the given address.');
}

export function issuerTaken(issuer: string): ApiFailure {
  return new ApiFailure(409, 'SAML-60002', 'Issuer is in use.', `Another application uses the issuer '${issuer}'.`);
}

export function badAuthorizedApi(code: string, description: string): ApiFailure {
  return new ApiFailure(code === 'APP-60509' ? 409 : 400, code, 'API authorization refused.', description);
}
