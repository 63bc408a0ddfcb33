import type { JsonObject } from '../../model/json';
import { ApiFailure, uncaughtException } from '../failures';
import { textIn } from '../fields';
import { isInteger } from '../integers';
import { hashOfText, hashOrder } from '../java-hash';
import type { CorsConfig, ServerConfigs } from './record';

/* What PATCH of and below `/configs` make of the settings (measured on 6.x, with REST classes 1.2.6). */

const REALM = /^\/homeRealmIdentifiers\/(\d+)$/;

/** PATCH /configs with one operation; the settings as they are when all operations of a request are done count. */
export function patchedConfigs(configs: ServerConfigs, operation: JsonObject): ServerConfigs {
  const [verb, path, value] = [textIn(operation, 'operation'), textIn(operation, 'path'), textIn(operation, 'value')];
  const index = REALM.exec(path ?? '')?.[1];
  if (index !== undefined) {
    return {
      ...configs,
      homeRealmIdentifiers: patchedRealms(configs.homeRealmIdentifiers, verb, Number(index), value),
    };
  }
  if (verb !== 'REPLACE') throw badInput('Only the identifiers of the home realm can be added and removed.');
  if (path === '/idleSessionTimeoutPeriod') return { ...configs, idleSessionTimeoutPeriod: minutes(value) };
  if (path === '/rememberMePeriod') return { ...configs, rememberMePeriod: minutes(value) };
  throw badInput('The path names nothing that can be changed.');
}

/** They are kept as one text with commas. */
function patchedRealms(
  realms: readonly string[],
  verb: string | undefined,
  index: number,
  value: string | undefined,
): readonly string[] {
  if (index > realms.length || (index === realms.length && verb !== 'ADD')) throw badInput('The index is too high.');
  const sent = verb === 'REMOVE' ? [] : (value ?? '').split(',').filter((each) => each !== '');
  const changed = realms.toSpliced(index, verb === 'ADD' ? 0 : 1, ...sent);
  if (changed.length === 0) throw uncaughtException();
  return changed;
}

function minutes(value: string | undefined): string {
  if (value === undefined || !/^0*[1-9]\d*$/.test(value)) throw badInput('The value is a whole number above 0.');
  if (!isInteger(Number(value))) throw uncaughtException();
  return value;
}

const CORS_FLAGS: ReadonlySet<string> = new Set([
  ...['allowGenericHttpRequests', 'allowAnyOrigin', 'allowSubdomains', 'supportAnyHeader', 'supportsCredentials'],
]);
type CorsList = 'supportedMethods' | 'supportedHeaders' | 'exposedHeaders';
const CORS_LISTS: Readonly<Record<string, CorsList>> = {
  '/supportedMethods': 'supportedMethods',
  '/supportedHeaders': 'supportedHeaders',
  '/exposedHeaders': 'exposedHeaders',
};

/** PATCH /configs/cors with one operation; each one is done before the next is looked at. */
export function patchedCors(cors: CorsConfig, operation: JsonObject): CorsConfig {
  const [verb, path = '', value = ''] = ['operation', 'path', 'value'].map((field) => textIn(operation, field));
  const list = CORS_LISTS[path];
  if (list !== undefined) return { ...cors, [list]: patchedList(cors[list], verb, value) };
  if (verb !== 'REPLACE') throw badInput('Only lists can be added to and removed from.');
  if (CORS_FLAGS.has(path.slice(1))) return { ...cors, [path.slice(1)]: value.toLowerCase() === 'true' };
  if (path !== '/maxAge') throw badInput('The path names nothing that can be changed.');
  if (!/^[+-]?\d+$/.test(value) || !isInteger(Number(value))) throw uncaughtException();
  return { ...cors, maxAge: Number(value) };
}

/** The lists are hash tables. */
function patchedList(list: readonly string[], verb: string | undefined, value: string): readonly string[] {
  if (verb === 'REPLACE') return [value];
  const others = list.filter((each) => each !== value);
  return verb === 'REMOVE' ? others : hashOrder([...others, value], hashOfText);
}

function badInput(description: string): ApiFailure {
  return new ApiFailure(400, 'CNF-60003', 'Invalid input.', description);
}
