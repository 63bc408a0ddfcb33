import { inVersions } from '../../model/kind';
import type { Product } from '../product';
import { artifactsFromFile, filesFromArtifacts } from './files/convert';
import { notInFiles } from '../../service-provider-files/translation/not-in-files';
import { available } from './available';
import { application } from './kinds/application';
import { claimDialect } from './kinds/claim-dialect';
import { externalClaim } from './kinds/external-claim';
import { identityProvider } from './kinds/identity-provider';
import { localClaim } from './kinds/local-claim';
import { residentIdentityProvider } from './kinds/resident-identity-provider';
import { API } from './paths';
import { neededIds, readReferents, referentScopes } from './referents';
import { VERSION_SIGNS } from './version-signs';

/** Scopes by the version that introduced them (reference, 1.2). A server grants fewer than asked for without a word. */
const READ = [
  { scope: 'internal_application_mgt_view' },
  { scope: 'internal_application_mgt_client_secret_view', since: '7.2' },
  { scope: 'internal_idp_view' },
  { scope: 'internal_claim_meta_view' },
  // What plans look for on the server: see `available`.
  { scope: 'internal_role_mgt_view' },
  { scope: 'internal_api_resource_view', since: '7.0' },
];

const WRITE = [
  { scope: 'internal_application_mgt_create' },
  { scope: 'internal_application_mgt_update' },
  { scope: 'internal_application_mgt_delete' },
  { scope: 'internal_application_script_update', since: '7.2' },
  { scope: 'internal_application_business_api_update', since: '7.0' },
  { scope: 'internal_application_internal_api_update', since: '7.0' },
  { scope: 'internal_role_mgt_create', since: '7.0' },
  { scope: 'internal_idp_create' },
  { scope: 'internal_idp_update' },
  { scope: 'internal_idp_delete' },
  { scope: 'internal_claim_meta_create' },
  { scope: 'internal_claim_meta_update' },
  { scope: 'internal_claim_meta_delete' },
];

function scopes(version: string): ReturnType<Product['scopes']> {
  const held = (list: readonly { scope: string; since?: string }[]): string[] =>
    list.filter((entry) => inVersions(version, entry)).map((entry) => entry.scope);
  return { read: held(READ), write: held(WRITE) };
}

/** WSO2 Identity Server and Asgardeo. */
export const wso2Is: Product = {
  name: 'wso2-is',
  kinds: [claimDialect, localClaim, externalClaim, identityProvider, residentIdentityProvider, application],
  scopes,
  referents: { scopes: referentScopes, read: readReferents, available, needed: neededIds },
  probes: [
    { name: 'applications', path: [...API, 'applications'], query: { limit: 1 } },
    { name: 'identity providers', path: [...API, 'identity-providers'], query: { limit: 1 } },
    { name: 'claims', path: [...API, 'claim-dialects'] },
  ],
  versionSigns: VERSION_SIGNS,
  files: { fromFile: artifactsFromFile, toFiles: filesFromArtifacts, notInFiles },
};
