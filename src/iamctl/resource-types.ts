/** A kind of resource that IAM-CTL carries: the word of its folder, and that of its block in the configuration. */
export interface ResourceType {
  readonly folder: string;
  readonly block: string;
}

export const APPLICATIONS = 'Applications';
export const IDENTITY_PROVIDERS = 'IdentityProviders';
export const CLAIMS = 'Claims';

/** The types that Liftlock manages too. */
export const MANAGED_TYPES: readonly ResourceType[] = [
  { folder: APPLICATIONS, block: 'APPLICATIONS' },
  { folder: IDENTITY_PROVIDERS, block: 'IDENTITY_PROVIDERS' },
  { folder: CLAIMS, block: 'CLAIMS' },
];

/** The types that stay outside: folder, block, and what they are called. */
export const OTHER_TYPES: readonly (ResourceType & { readonly what: string })[] = [
  { folder: 'UserStores', block: 'USERSTORES', what: 'user stores' },
  { folder: 'ApiResources', block: 'API_RESOURCES', what: 'API resources' },
  { folder: 'ApiResourceScopes', block: 'API_RESOURCE_SCOPES', what: 'scopes of API resources' },
  { folder: 'OidcScopes', block: 'OIDC_SCOPES', what: 'OIDC scopes' },
  { folder: 'Roles', block: 'ROLES', what: 'roles' },
  { folder: 'ChallengeQuestions', block: 'CHALLENGE_QUESTIONS', what: 'challenge questions' },
  { folder: 'EmailTemplates', block: 'EMAIL_TEMPLATES', what: 'e-mail templates' },
  { folder: 'SmsTemplates', block: 'SMS_TEMPLATES', what: 'SMS templates' },
  { folder: 'TemplateTypes', block: 'TEMPLATE_TYPES', what: 'template types' },
  { folder: 'EmailProviders', block: 'EMAIL_PROVIDERS', what: 'e-mail providers' },
  { folder: 'SmsProviders', block: 'SMS_PROVIDERS', what: 'SMS providers' },
  { folder: 'ScriptLibraries', block: 'SCRIPT_LIBRARIES', what: 'script libraries' },
  { folder: 'GovernanceConnectors', block: 'GOVERNANCE_CONNECTORS', what: 'governance connectors' },
  { folder: 'Certificates', block: 'CERTIFICATES', what: 'certificates of the key store' },
  { folder: 'Workflows', block: 'WORKFLOWS', what: 'workflows' },
  { folder: 'WorkflowAssociations', block: 'WORKFLOW_ASSOCIATIONS', what: 'associations of workflows' },
  { folder: 'ValidationRules', block: 'VALIDATION_RULES', what: 'validation rules' },
  { folder: 'Actions', block: 'ACTIONS', what: 'actions' },
  { folder: 'Organizations', block: 'ORGANIZATIONS', what: 'organizations' },
  { folder: 'BrandingPreferences', block: 'BRANDING_PREFERENCES', what: 'branding' },
  { folder: 'Branding', block: 'BRANDING', what: 'branding' },
  { folder: 'CustomTexts', block: 'CUSTOM_TEXTS', what: 'custom texts' },
  { folder: 'Flows', block: 'FLOWS', what: 'flows' },
];

export const ALL_TYPES: readonly ResourceType[] = [...MANAGED_TYPES, ...OTHER_TYPES];

/** Folders of side files below `Applications`: the APIs that each application may call. */
export const AUTHORIZED_APIS = /^(application)?authori[sz]ed_?apis$/i;

/** What the product calls the settings of the server itself: an identity provider that only files hold. */
export const RESIDENT_IDENTITY_PROVIDER = 'LOCAL';

/** The file name that IAM-CTL makes of a claim dialect: every run of other characters is one underscore. */
export function dialectFileName(dialectURI: string): string {
  return dialectURI.replaceAll(/[^A-Za-z0-9_]+/g, '_').slice(0, 255);
}
