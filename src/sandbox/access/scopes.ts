import { existsIn, type Gate, type Version } from '../versions';

const CRUD = ['view', 'create', 'update', 'delete'] as const;

interface ScopeFamily extends Gate {
  /** Absent for scopes of APIs that are not listed as API resources here. */
  readonly api?: string;
  readonly name: string;
  readonly prefix: string;
  readonly verbs: readonly string[];
}

/** The management APIs and the scopes that guard them (reference §1.2); also what system API resources consist of. */
const FAMILIES: readonly ScopeFamily[] = [
  {
    api: '/api/server/v1/applications',
    name: 'Application Management API',
    prefix: 'internal_application_mgt',
    verbs: CRUD,
  },
  {
    api: '/api/server/v1/applications',
    name: 'Application Management API',
    prefix: 'internal_application_mgt_client_secret',
    verbs: ['create', 'view'],
    since: '7.2',
  },
  {
    name: 'Application Management API',
    prefix: 'internal_application_mgt_client_secret',
    verbs: ['delete'],
    since: 'next',
  },
  { name: 'Organization administration', prefix: 'internal_organization', verbs: ['admin'], since: '6.0' },
  {
    name: 'Shared Application Management API',
    prefix: 'internal_shared_application',
    verbs: ['view', 'create', 'delete'],
    since: '7.0',
  },
  {
    api: '/api/server/v1/applications',
    name: 'Application Management API',
    prefix: 'internal_application_script',
    verbs: ['update'],
    since: '7.2',
  },
  {
    api: '/api/server/v1/applications',
    name: 'Application Management API',
    prefix: 'internal_application_business_api',
    verbs: ['update'],
    since: '7.0',
  },
  {
    api: '/api/server/v1/applications',
    name: 'Application Management API',
    prefix: 'internal_application_internal_api',
    verbs: ['update'],
    since: '7.0',
  },
  {
    api: '/api/server/v1/identity-providers',
    name: 'Identity Provider Management API',
    prefix: 'internal_idp',
    verbs: CRUD,
  },
  { api: '/api/server/v1/claim-dialects', name: 'Claim Management API', prefix: 'internal_claim_meta', verbs: CRUD },
  { api: '/api/server/v1/userstores', name: 'User Store Management API', prefix: 'internal_userstore', verbs: CRUD },
  {
    api: '/api/server/v1/oidc/scopes',
    name: 'OIDC Scope Management API',
    prefix: 'internal_oidc_scope_mgt',
    verbs: CRUD,
  },
  { api: '/scim2/Roles', name: 'SCIM2 Roles API', prefix: 'internal_role_mgt', verbs: [...CRUD, 'permissions_update'] },
  {
    api: '/api/server/v1/api-resources',
    name: 'API Resource Management API',
    prefix: 'internal_api_resource',
    verbs: CRUD,
    since: '7.0',
  },
  {
    api: '/api/server/v1/identity-governance',
    name: 'Identity Governance API',
    prefix: 'internal_governance',
    verbs: ['view', 'update'],
  },
  { name: 'Server Configurations Management API', prefix: 'internal_config', verbs: ['view', 'update'] },
];

function scopesOf(family: ScopeFamily): string[] {
  return family.verbs.map((verb) => `${family.prefix}_${verb}`);
}

/** Every scope that this version knows. */
export function allScopes(version: Version): string[] {
  return FAMILIES.filter((family) => existsIn(version, family)).flatMap(scopesOf);
}

/** The scopes that suffice to read everything, secrets excepted. */
export function viewScopes(version: Version): string[] {
  return allScopes(version).filter((scope) => scope.endsWith('_view') && !scope.includes('_secret_'));
}

export interface SystemApi {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** The management APIs as API resources of type SYSTEM, which applications can be authorized for (reference §2.1.7). */
export function systemApis(version: Version): SystemApi[] {
  const apis = new Map<string, { name: string; scopes: string[] }>();
  for (const family of FAMILIES) {
    if (family.api === undefined || !existsIn(version, family)) continue;
    const api = apis.get(family.api) ?? { name: family.name, scopes: [] };
    api.scopes.push(...scopesOf(family));
    apis.set(family.api, api);
  }
  return [...apis].map(([identifier, api]) => ({ identifier, ...api }));
}
