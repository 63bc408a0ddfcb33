import { ApiFailure } from '../failures';

/* The errors of the claim API (reference §2.3.3). Several codes have two meanings; the text tells them apart. */

export function noSuchDialect(id: string): ApiFailure {
  return new ApiFailure(404, 'CMT-50016', 'Dialect not found.', `No claim dialect has the id ${id}.`);
}
export function noSuchExternalClaim(id: string): ApiFailure {
  return new ApiFailure(404, 'CMT-50018', 'External claim not found.', `No external claim has the id ${id}.`);
}
export function noSuchLocalClaim(id: string): ApiFailure {
  return new ApiFailure(404, 'CMT-50019', 'Local claim not found.', `No local claim has the id ${id}.`);
}
export function noDialectForClaim(id: string): ApiFailure {
  return new ApiFailure(
    404,
    'CMT-50027',
    'Dialect not found.',
    `A claim cannot be added to the unknown dialect ${id}.`,
  );
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
export function otherLocalClaim(): ApiFailure {
  return new ApiFailure(
    409,
    'CMT-50021',
    'Local claim conflict.',
    'The claim URI of the body is not the one of the path.',
  );
}
export function otherExternalClaim(): ApiFailure {
  return new ApiFailure(
    409,
    'CMT-50020',
    'External claim conflict.',
    'The claim URI of the body is not the one of the path.',
  );
}

/** 400 with a code of the claim API. */
export function badClaim(code: string, description: string): ApiFailure {
  return new ApiFailure(400, code, 'Invalid claim.', description);
}

/** 403 for what the product ships with. */
export function systemClaimObject(code: 'CMT-60006' | 'CMT-60007' | 'CMT-60008', description: string): ApiFailure {
  return new ApiFailure(403, code, 'Operation is not permitted.', description);
}

export function notImplemented(code: string, what: string): ApiFailure {
  return new ApiFailure(501, code, 'Not Implemented.', `${what} is not supported for this list.`);
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
  return new ApiFailure(404, 'CMT-50017', 'Claims not found.', `The claim dialect ${id} has no claims.`);
}
