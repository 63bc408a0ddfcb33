import type { Product } from '../product';
import { application } from './kinds/application';
import { claimDialect } from './kinds/claim-dialect';
import { externalClaim } from './kinds/external-claim';
import { identityProvider } from './kinds/identity-provider';
import { localClaim } from './kinds/local-claim';
import { API } from './paths';

/** WSO2 Identity Server and Asgardeo. Scopes: reference, section 1.2. */
export const wso2Is: Product = {
  name: 'wso2-is',
  kinds: [claimDialect, localClaim, externalClaim, identityProvider, application],
  scopes: {
    read: ['internal_application_mgt_view', 'internal_idp_view', 'internal_claim_meta_view'],
    write: [
      'internal_application_mgt_create',
      'internal_application_mgt_update',
      'internal_application_mgt_delete',
      'internal_application_script_update',
      'internal_application_business_api_update',
      'internal_application_internal_api_update',
      'internal_api_resource_view',
      'internal_role_mgt_view',
      'internal_role_mgt_create',
      'internal_idp_create',
      'internal_idp_update',
      'internal_idp_delete',
      'internal_claim_meta_create',
      'internal_claim_meta_update',
      'internal_claim_meta_delete',
    ],
  },
  probes: [
    { name: 'applications', path: [...API, 'applications'], query: { limit: 1 } },
    { name: 'identity providers', path: [...API, 'identity-providers'], query: { limit: 1 } },
    { name: 'claims', path: [...API, 'claim-dialects'] },
  ],
};
