import { ApiFailure } from '../failures';

/* The errors of the user store API (reference §2.4). */

/** 400 with a code of the user store API. */
export function badUserStore(code: string, description: string): ApiFailure {
  return new ApiFailure(400, code, 'Invalid user store.', description);
}
export function noSuchUserStore(id: string): ApiFailure {
  return new ApiFailure(404, 'SUS-60003', 'User store not found.', `No user store has the id ${id}.`);
}
/** PUT has a code of its own for the same thing. */
export function noUserStoreToUpdate(id: string): ApiFailure {
  return new ApiFailure(404, 'SUS-60001', 'User store not found.', `No user store has the id ${id}.`);
}
export function userStoreExists(name: string): ApiFailure {
  return new ApiFailure(409, 'SUS-60002', 'User store exists.', `The user store ${name} is there already.`);
}
/** 404 although nothing is looked for (reference §5, quirk 26). */
export function missingMandatoryProperty(name: string): ApiFailure {
  return new ApiFailure(404, 'SUS-60006', 'Mandatory property missing.', `The property ${name} needs a value.`);
}
/** A file that cannot be read is the server's fault as the product sees it. */
export function unreadableUserStoreFile(code: 'SUS-65015' | 'SUS-65004'): ApiFailure {
  return new ApiFailure(500, code, 'Unable to import the user store.', 'The file cannot be read.');
}
