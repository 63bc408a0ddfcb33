import type { JsonObject } from '../../../src/model/json';
import { get, post, put, remove, type Step } from '../step';

const SCOPES = '/oidc/scopes';
const tides = { name: 'tides', displayName: 'Tides', description: 'When to sail', claims: ['given_name'] };

const LONG = 't'.repeat(256);
const REFUSED: readonly (readonly [string, JsonObject])[] = [
  ['a blank name', { name: ' ' }],
  ['a name with a blank', { name: 'high tide' }],
  ['a name with a slash', { name: 'high/tide' }],
  ['a name with a question mark', { name: 'tide?' }],
  ['a blank display name', { name: 'ebb', displayName: ' ' }],
  ['a name that is taken and a blank display name', { displayName: '' }],
  ['null for its claims', { name: 'ebb', claims: null }],
  ['a text for its claims', { name: 'ebb', claims: 'email' }],
  ['a name that is too long', { name: LONG }],
  ['a display name that is too long', { name: 'ebb', displayName: LONG }],
  ['a description that is too long', { name: 'ebb', description: LONG.repeat(3) }],
];

/** Scopes of OIDC, from the first to the last. */
export const OIDC_SCOPES: readonly Step[] = [
  get('the scopes that ship', SCOPES),
  get('a scope that ships', `${SCOPES}/openid`),
  post('a scope', SCOPES, tides),
  get('a scope, read', `${SCOPES}/tides`),
  post('a scope that is taken', SCOPES, tides),
  post('a scope without display name', SCOPES, { name: 'currents', claims: ['given_name'] }),
  post('a scope of a claim that is not there', SCOPES, { name: 'winds', displayName: 'Winds', claims: ['wind_force'] }),
  post('a scope without name', SCOPES, { displayName: 'Nameless', claims: [] }),
  ...REFUSED.map(([what, body]) => post(`a scope with ${what}`, SCOPES, { ...tides, ...body })),
  post('a scope of claims that are repeated', SCOPES, {
    ...tides,
    name: 'ebb',
    claims: ['email', 'email', 'given_name'],
  }),
  get('a scope of claims that are repeated, read', `${SCOPES}/ebb`),
  post('a scope in broken JSON', SCOPES, { raw: '{' }),
  post('a scope without claims', SCOPES, { name: 'moons', displayName: 'Moons' }),
  get('a scope without claims, read', `${SCOPES}/moons`),
  put('a scope changed', `${SCOPES}/tides`, {
    displayName: 'Tide tables',
    description: '',
    claims: ['family_name', 'given_name'],
  }),
  get('a scope changed, read', `${SCOPES}/tides`),
  put('a scope without its claims', `${SCOPES}/tides`, { displayName: 'Tide tables' }),
  put('a scope without its display name', `${SCOPES}/tides`, { displayName: '', claims: [] }),
  put('a scope whose claims are null', `${SCOPES}/tides`, { displayName: 'Tide tables', claims: null }),
  put('a scope with a display name that is too long', `${SCOPES}/tides`, { displayName: LONG, claims: [] }),
  put('a scope of repeated and unknown claims', `${SCOPES}/tides`, {
    displayName: 'Tide tables',
    claims: ['email', 'wind_force', 'email', 'given_name'],
  }),
  get('a scope of repeated and unknown claims, read', `${SCOPES}/tides`),
  put('a scope without its display name that is not there', `${SCOPES}/nowhere`, { displayName: '', claims: [] }),
  get('a scope that is not there', `${SCOPES}/nowhere`),
  put('a scope changed that is not there', `${SCOPES}/nowhere`, { displayName: 'x', claims: [] }),
  get('the scopes with those made', SCOPES),
  remove('a scope deleted', `${SCOPES}/tides`),
  remove('a scope deleted again', `${SCOPES}/tides`),
  remove('a scope deleted that ships', `${SCOPES}/phone`),
  get('the scopes without one that ships', SCOPES),
  post('a scope that ships, made again', SCOPES, {
    name: 'phone',
    displayName: 'phone',
    claims: ['phone_number', 'phone_number_verified'],
  }),
  get('the scopes with one that ships made again', SCOPES),
  ...['ebb', 'moons'].map((name) => remove(`the scope ${name} deleted`, `${SCOPES}/${name}`)),
];
