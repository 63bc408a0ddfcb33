import { ApiFailure } from '../failures';
import { decodedId } from '../identifiers';

/*
 * The errors of the claim API (reference §2.3.3). Several codes have two meanings; the text tells them apart. Where the
 * product's own tests look at message and description, both are worded as there.
 */

const NOT_FOUND = 'Resource not found.';

export function noSuchDialect(id: string): ApiFailure {
  const description = `Unable to find a resource matching the provided claim dialect identifier ${id}.`;
  return new ApiFailure(404, 'CMT-50016', NOT_FOUND, description);
}
export function noSuchExternalClaim(id: string, dialectId: string): ApiFailure {
  const description =
    `Unable to find a resource matching the provided external claim identifier ${id} ` +
    `in dialect identifier ${dialectId}.`;
  return new ApiFailure(404, 'CMT-50018', NOT_FOUND, description);
}
export function noSuchLocalClaim(id: string): ApiFailure {
  const description = `Unable to find a resource matching the provided local claim identifier ${id}.`;
  return new ApiFailure(404, 'CMT-50019', NOT_FOUND, description);
}
export function noDialectForClaim(id: string): ApiFailure {
  const description = `Used dialect identifier ${id} does not exist.`;
  return new ApiFailure(404, 'CMT-50027', 'Invalid dialect identifier.', description);
}

/** An id that is not base64url. */
function invalidIdentifier(id: string): ApiFailure {
  return badClaim('CMT-60001', `The identifier ${id} cannot be decoded.`);
}
/** The URI in an id, or 400 CMT-60001. */
export function decodedUri(id: string): string {
  const uri = decodedId(id);
  if (uri === undefined) throw invalidIdentifier(id);
  return uri;
}
/** What the database refuses is a server error of the endpoint. */
export function notStored(code: string): ApiFailure {
  return new ApiFailure(500, code, 'Unable to store it.', 'The database refused it.');
}

export function dialectExists(uri: string): ApiFailure {
  return new ApiFailure(409, 'CMT-60002', 'Dialect exists.', `The claim dialect ${uri} is there already.`);
}
export function localClaimExists(uri: string): ApiFailure {
  return new ApiFailure(409, 'CMT-50039', 'Local claim exists.', `The local claim ${uri} is there already.`);
}
export function externalClaimExists(uri: string): ApiFailure {
  return new ApiFailure(409, 'CMT-50038', 'External claim exists.', `The external claim ${uri} is there already.`);
}
export function otherLocalClaim(uri: string): ApiFailure {
  const description = `Existing local claim uri ${uri} cannot be changed.`;
  return new ApiFailure(409, 'CMT-50021', 'Unable to update local claim.', description);
}
export function otherExternalClaim(uri: string, dialectId: string): ApiFailure {
  const description = `Existing external claim uri ${uri} in dialect identifier ${dialectId} cannot be changed.`;
  return new ApiFailure(409, 'CMT-50020', 'Unable to update external claim.', description);
}

/** 400 with a code of the claim API. */
export function badClaim(code: string, description: string): ApiFailure {
  return new ApiFailure(400, code, 'Invalid claim.', description);
}

export function unknownStore(store: string): ApiFailure {
  const description = `Invalid userstore ${store} provided in attribute mapping.`;
  return new ApiFailure(400, 'CMT-50026', 'Invalid attribute mapping.', description);
}
export function mappedLocalClaimStays(): ApiFailure {
  const message = 'Unable to remove local claim';
  return new ApiFailure(400, 'CMT-50031', `${message}.`, `${message} while having associations with external claims.`);
}
export function unknownMappedClaim(): ApiFailure {
  const description = 'Mapped local claim URI is invalid.';
  return new ApiFailure(400, 'CMT-50036', 'Invalid mapped local claim URI.', description);
}

/** 403 for what the product ships with. */
export function systemClaimObject(code: 'CMT-60006' | 'CMT-60007' | 'CMT-60008', description: string): ApiFailure {
  return new ApiFailure(403, code, 'Operation is not permitted.', description);
}

/** 501 for the parameters of lists: `Filtering` and whether it is one capability or several. */
export function notImplemented(code: string, what: string, capability: string): ApiFailure {
  const description = `${what} ${capability} not supported in this version of the API.`;
  return new ApiFailure(501, code, `${what} not supported.`, description);
}

/** The local dialect is never new. */
export function localDialectImport(): ApiFailure {
  return new ApiFailure(403, 'CMT-50047', 'Operation is not permitted.', 'The local dialect cannot be imported.');
}

/** A file that cannot be read is the server's fault as the product sees it. */
export function unreadableDialectFile(code: 'CMT-50046' | 'CMT-50013'): ApiFailure {
  return new ApiFailure(500, code, 'Unable to read the claim dialect.', 'The file is not in the expected format.');
}

/** GET of a claim in a dialect without claims, known or not. */
export function dialectWithoutClaims(id: string): ApiFailure {
  const description = `Unable to find any claims matching the provided claim dialect identifier ${id}.`;
  return new ApiFailure(404, 'CMT-50017', NOT_FOUND, description);
}
