import { ApiFailure } from '../failures';

/* The errors of the API resource API (reference §2.7). None of them carries a traceId (reference §1.6). */

function refused(status: number, code: string, description: string): ApiFailure {
  return new ApiFailure(status, `API-RESOURCE-${code}`, 'API resource request refused.', description, false);
}

/** 400 with a code of this API, given without its prefix. */
export function badApiResource(code: string, description: string): ApiFailure {
  return refused(400, code, description);
}
export function noSuchApiResource(id: string): ApiFailure {
  return refused(404, '60002', `No API resource has the id ${id}.`);
}
export function apiResourceExists(identifier: string): ApiFailure {
  return refused(409, '60003', `The identifier ${identifier} is in use.`);
}
export function scopeExists(name: string): ApiFailure {
  return refused(409, '60004', `The scope ${name} is in use.`);
}
export function noSuchScope(name: string): ApiFailure {
  return refused(404, '60005', `The API resource has no scope ${name}.`);
}
export function removalNotImplemented(): ApiFailure {
  return refused(501, '60006', 'A patch cannot remove scopes.');
}
/** What the product ships with is read-only. */
export function systemApiResource(): ApiFailure {
  return refused(403, '60012', 'A system API resource cannot be changed.');
}
export function noSuchCollection(id: string): ApiFailure {
  return refused(404, '60014', `No API resource collection has the id ${id}.`);
}
export function noSuchDetailsType(id: string): ApiFailure {
  return refused(404, '60015', `There is no authorization details type with the id ${id}.`);
}
