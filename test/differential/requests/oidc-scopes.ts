import { get, post, put, remove, type Step } from '../step';

const SCOPES = '/oidc/scopes';
const tides = { name: 'tides', displayName: 'Tides', description: 'When to sail', claims: ['given_name'] };

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
  get('a scope that is not there', `${SCOPES}/nowhere`),
  put('a scope changed that is not there', `${SCOPES}/nowhere`, { displayName: 'x', claims: [] }),
  get('the scopes with those made', SCOPES),
  remove('a scope deleted', `${SCOPES}/tides`),
  remove('a scope deleted again', `${SCOPES}/tides`),
  remove('the other scope deleted', `${SCOPES}/moons`),
];
