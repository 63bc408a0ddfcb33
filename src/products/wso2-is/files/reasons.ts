import type { LeftOut, Steps } from '../../../service-provider-files/translation/ledger';

const SERVER_ID = 'it is an id of the server that the file is from';
const LABEL = 'it is a label of the product itself';

interface Reason {
  /** End of a path, positions left out. */
  readonly end: string;
  readonly why: string;
  readonly meaningless?: true;
}

/** Why elements of files have no counterpart in the API (reference, 3.2 and 3.7). The first that fits counts. */
const REASONS: readonly Reason[] = [
  { end: 'claimId', why: 'it is always 0', meaningless: true },
  { end: 'ApplicationID', why: SERVER_ID, meaningless: true },
  { end: 'applicationID', why: SERVER_ID, meaningless: true },
  { end: 'inboundConfigurationProtocol.id', why: SERVER_ID, meaningless: true },
  { end: 'link', why: 'it is an address on the server that the file is from', meaningless: true },
  { end: 'valid', why: 'the product works it out itself', meaningless: true },
  { end: 'applicationResourceId', why: SERVER_ID, meaningless: true },
  { end: 'resourceId', why: SERVER_ID, meaningless: true },
  { end: 'applicationVersion', why: 'the server sets it', meaningless: true },
  { end: 'Owner', why: 'it names a user of one server; who imports or applies becomes the owner' },
  { end: 'owner', why: 'it names a user of one server; who imports or applies becomes the owner' },
  { end: 'appOwner', why: 'it names a user of one server; who imports or applies becomes the owner' },
  { end: 'tenantDomain', why: 'the environment decides the tenant', meaningless: true },
  { end: 'spProperties', why: 'neither the API nor an import of a file carries custom properties' },
  { end: 'Properties.displayName', why: LABEL, meaningless: true },
  { end: 'displayName', why: LABEL, meaningless: true },
  { end: 'GroupID', why: LABEL, meaningless: true },
  { end: 'groupId', why: LABEL, meaningless: true },
  { end: 'SubProperties', why: LABEL, meaningless: true },
  { end: 'subProperties', why: LABEL, meaningless: true },
  { end: 'displayOrder', why: LABEL, meaningless: true },
  { end: 'friendlyName', why: LABEL, meaningless: true },
  { end: 'tags', why: LABEL, meaningless: true },
  { end: 'properties.type', why: LABEL, meaningless: true },
  { end: 'properties.defaultValue', why: LABEL, meaningless: true },
  { end: 'properties.description', why: LABEL, meaningless: true },
  { end: 'properties.regex', why: LABEL, meaningless: true },
  { end: 'properties.options', why: LABEL, meaningless: true },
  { end: 'properties.required', why: LABEL, meaningless: true },
  { end: 'properties.advanced', why: LABEL, meaningless: true },
  { end: 'authenticationScriptConfig.type', why: 'scripts are always JavaScript', meaningless: true },
  { end: 'authenticationScriptConfig.language', why: 'scripts are always JavaScript', meaningless: true },
  { end: 'inboundConfigurationProtocol.type', why: 'inboundAuthType says it', meaningless: true },
  { end: 'spClaimDialects', why: 'the API has no field for additional claim dialects' },
  { end: 'permissions', why: 'the API has no permissions of applications; they are of the time before roles of 7.0' },
  {
    end: 'permissions.value',
    why: 'the API has no permissions of applications; they are of the time before roles of 7.0',
  },
  { end: 'idpRoles', why: 'they are roles of the service provider without a mapping' },
  { end: 'userClaimURI', why: 'subjectClaimUri is what counts for applications' },
  { end: 'loginPageURL', why: 'the API has no field for a login page of the application' },
  { end: 'provisionByRoleList', why: 'the API has no field for it' },
  { end: 'inboundConfiguration', why: 'the document in it is of a protocol that is not known here' },
];

/** Elements in a step or a target only repeat what the identity provider itself says. */
const ELSEWHERE =
  /(?:federatedIdentityProviders|provisioningIdentityProviders|localAuthenticatorConfigs|requestPathAuthenticatorConfigs)\./;

/** Why an element that no rule looked at is left out. */
export function reasonFor(steps: Steps): Omit<LeftOut, 'steps'> {
  const path = steps.filter((step) => typeof step === 'string').join('.');
  const known = REASONS.find(({ end }) => path === end || path.endsWith(`.${end}`));
  if (known) return { why: known.why, ...(known.meaningless ? { meaningless: true } : {}) };
  if (ELSEWHERE.test(`${path}.`)) {
    return { why: 'it belongs to the authenticator or identity provider, not to the application', meaningless: true };
  }
  return { why: 'the API has no field for it' };
}

const TO_FILE: readonly Reason[] = [
  { end: 'authorizedAPIs', why: 'a file has no authorized APIs' },
  { end: 'logoutReturnUrl', why: 'it is one of the properties that files leave out' },
  { end: 'allowedOrigins', why: 'a file has no CORS origins' },
];

/** Why a field of an artifact has no element in a file. */
export function reasonForFile(steps: Steps): Omit<LeftOut, 'steps'> {
  const path = steps.filter((step) => typeof step === 'string').join('.');
  const known = TO_FILE.find(({ end }) => path === end || path.endsWith(`.${end}`) || path.startsWith(`${end}.`));
  return { why: known?.why ?? 'a file has no element for it' };
}
