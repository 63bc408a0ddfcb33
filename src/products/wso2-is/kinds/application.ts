import type { JsonObject } from '../../../model/json';
import { isObject } from '../../../model/json';
import type { ProductKind } from '../../product';
import { applicationCalls } from '../application/calls';
import { callbackProblem } from '../application/callbacks';
import { combinationChecks } from '../application/checks';
import { applicationDefaults, DEFAULT_ROLE_CLAIM } from '../application/defaults';
import { applicationExpectations } from '../application/expectations';
import { applicationNeeds } from '../application/needs';
import { normaliseApplication } from '../application/normalise';
import { applicationRefusals } from '../application/refusals';
import { applicationSchema } from '../application/schema';
import { comparableRole, SAME_ROLES } from '../local-roles';

/** Roles of the application's own audience (reference §2.1.5: they are made by the role API, not here). */
const ROLE_STAYS = 'a role of the application goes only when it is deleted itself, with its users and groups';
const KEPT_BY_SERVER =
  'the API only accepts the value that is deployed; delete and re-create the protocol to change it';

/** With a dialect of its own an application names claims of that. */
const LOCAL_DIALECT = { field: 'claimConfiguration.dialect', equals: 'LOCAL' } as const;

/** Service providers: reference, section 2.1. */
export const application: ProductKind = {
  name: 'application',
  folder: 'applications',
  title: 'Applications',
  keyFields: ['name'],
  schema: applicationSchema,
  lists: [
    { path: 'inboundProtocolConfiguration.oidc.grantTypes', identity: [] },
    { path: 'inboundProtocolConfiguration.oidc.callbackURLs', identity: [] },
    { path: 'inboundProtocolConfiguration.oidc.allowedOrigins', identity: [] },
    { path: 'inboundProtocolConfiguration.oidc.scopeValidators', identity: [] },
    { path: 'inboundProtocolConfiguration.oidc.idToken.audience', identity: [] },
    { path: 'inboundProtocolConfiguration.oidc.accessToken.accessTokenAttributes', identity: [] },
    { path: 'inboundProtocolConfiguration.oidc.cibaAuthenticationRequest.notificationChannels', identity: [] },
    { path: 'inboundProtocolConfiguration.saml.assertionConsumerUrls', identity: [] },
    { path: 'inboundProtocolConfiguration.saml.singleSignOnProfile.bindings', identity: [] },
    { path: 'inboundProtocolConfiguration.saml.singleSignOnProfile.assertion.audiences', identity: [] },
    { path: 'inboundProtocolConfiguration.saml.singleSignOnProfile.assertion.recipients', identity: [] },
    {
      path: 'inboundProtocolConfiguration.saml.singleLogoutProfile.idpInitiatedSingleLogout.returnToUrls',
      identity: [],
    },
    { path: 'inboundProtocolConfiguration.custom', identity: ['name'] },
    { path: 'inboundProtocolConfiguration.custom[].properties', identity: ['key'] },
    { path: 'authenticationSequence.steps', identity: ['id'] },
    { path: 'authenticationSequence.steps[].options', identity: ['idp', 'authenticator'] },
    { path: 'authenticationSequence.requestPathAuthenticators', identity: [] },
    { path: 'claimConfiguration.claimMappings', identity: ['applicationClaim'] },
    { path: 'claimConfiguration.requestedClaims', identity: ['claim.uri'] },
    { path: 'claimConfiguration.role.mappings', identity: ['localRole', 'applicationRole'] },
    { path: 'advancedConfigurations.trustedAppConfiguration.androidThumbprints', identity: [] },
    { path: 'provisioningConfigurations.outboundProvisioningIdps', identity: ['idp', 'connector'] },
    { path: 'associatedRoles.roles', identity: ['name'] },
    { path: 'authorizedAPIs', identity: ['identifier'] },
    { path: 'authorizedAPIs[].scopes', identity: [] },
    { path: 'authorizedAPIs[].authorizationDetailsTypes', identity: [] },
  ],
  spellings: [{ path: 'claimConfiguration.role.mappings[].localRole', same: SAME_ROLES, comparable: comparableRole }],
  serverOwned: [
    'id',
    'self',
    'access',
    'clientId',
    'issuer',
    'realm',
    'applicationVersion',
    'inboundProtocols',
    'advancedConfigurations.fragment',
    'advancedConfigurations.additionalSpProperties',
    'advancedConfigurations.discoverableGroups',
    'associatedRoles.roles[].id',
    'claimConfiguration.claimMappings[].localClaim.id',
    'claimConfiguration.claimMappings[].localClaim.displayName',
    'claimConfiguration.requestedClaims[].claim.id',
    'claimConfiguration.requestedClaims[].claim.displayName',
    'claimConfiguration.subject.claim.id',
    'claimConfiguration.subject.claim.displayName',
    'claimConfiguration.role.claim.id',
    'claimConfiguration.role.claim.displayName',
    'inboundProtocolConfiguration.saml.singleSignOnProfile.attributeConsumingServiceIndex',
    'inboundProtocolConfiguration.oidc.state',
    'inboundProtocolConfiguration.oidc.issuer',
    'inboundProtocolConfiguration.oidc.clientSecretExpiresAt',
    'inboundProtocolConfiguration.oidc.multipleClientSecretsConfigured',
    'inboundProtocolConfiguration.custom[].properties[].friendlyName',
    'authorizedAPIs[].id',
    'authorizedAPIs[].displayName',
    'authorizedAPIs[].type',
  ],
  chosenByServer: [
    'inboundProtocolConfiguration.oidc.clientId',
    'inboundProtocolConfiguration.oidc.clientSecret',
    'inboundProtocolConfiguration.saml.idpEntityIdAlias',
    'inboundProtocolConfiguration.saml.requestValidation.signatureValidationCertAlias',
  ],
  generated: ['inboundProtocolConfiguration.oidc.clientId', 'inboundProtocolConfiguration.oidc.clientSecret'],
  immutable: [
    { path: 'inboundProtocolConfiguration.oidc.clientId', why: KEPT_BY_SERVER },
    { path: 'inboundProtocolConfiguration.oidc.clientSecret', why: KEPT_BY_SERVER },
    { path: 'inboundProtocolConfiguration.passiveSts.realm', why: KEPT_BY_SERVER },
    { path: 'inboundProtocolConfiguration.wsTrust.audience', why: KEPT_BY_SERVER },
    { path: 'isManagementApp', why: 'it can only be chosen when the application is created' },
    { path: 'isB2BSelfServiceApp', why: 'it can only be chosen when the application is created' },
    { path: 'associatedRoles.roles', only: 'remove', why: ROLE_STAYS },
    { path: 'associatedRoles.roles[]', only: 'remove', why: ROLE_STAYS },
  ],
  secrets: [
    { path: 'inboundProtocolConfiguration.oidc.clientSecret' },
    { path: 'advancedConfigurations.attestationMetaData.androidAttestationServiceCredentials' },
    {
      path: 'inboundProtocolConfiguration.custom[].properties[].value',
      names: /secret|password|passphrase|private[-_ ]?key|credential/i,
    },
  ],
  defaults: applicationDefaults,
  fieldsSince: [
    { path: 'isManagementApp', since: '6.0' },
    { path: 'advancedConfigurations.useExternalConsentPage', since: '7.0' },
    { path: 'claimConfiguration.subject.mappedLocalSubjectMandatory', since: '7.0' },
    { path: 'inboundProtocolConfiguration.passiveSts.replyToLogout', since: '7.0' },
    { path: 'logoutReturnUrl', since: '7.0' },
    { path: 'isB2BSelfServiceApp', since: '7.0' },
    { path: 'associatedRoles', since: '7.0' },
    { path: 'authorizedAPIs', since: '7.0' },
    { path: 'advancedConfigurations.enableAPIBasedAuthentication', since: '7.0' },
    { path: 'advancedConfigurations.attestationMetaData', since: '7.0' },
    { path: 'inboundProtocolConfiguration.oidc.idToken.idTokenSignedResponseAlg', since: '7.0' },
    { path: 'inboundProtocolConfiguration.oidc.clientAuthentication', since: '7.0' },
    { path: 'inboundProtocolConfiguration.oidc.requestObject', since: '7.0' },
    { path: 'inboundProtocolConfiguration.oidc.pushAuthorizationRequest', since: '7.0' },
    { path: 'inboundProtocolConfiguration.oidc.subject', since: '7.0' },
    { path: 'inboundProtocolConfiguration.oidc.isFAPIApplication', since: '7.0' },
    { path: 'advancedConfigurations.trustedAppConfiguration', since: '7.1' },
    { path: 'applicationEnabled', since: '7.1' },
    { path: 'templateVersion', since: '7.1' },
    { path: 'authorizedAPIs[].authorizationDetailsTypes', since: '7.1' },
    {
      path: 'inboundProtocolConfiguration.oidc.clientAuthentication.tokenEndpointAllowReusePvtKeyJwt',
      since: '7.1',
    },
    { path: 'inboundProtocolConfiguration.oidc.hybridFlow', since: '7.1' },
    { path: 'inboundProtocolConfiguration.oidc.subjectToken', since: '7.1' },
    { path: 'inboundProtocolConfiguration.oidc.accessToken.accessTokenAttributes', since: '7.1' },
    { path: 'inboundProtocolConfiguration.saml.attributeProfile.nameFormat', since: '7.1' },
    { path: 'enhancedOrgAuthenticationEnabled', since: '7.3' },
    { path: 'inboundProtocolConfiguration.oidc.accessToken.enableJwtScopeAsArray', since: '7.3' },
    { path: 'inboundProtocolConfiguration.oidc.refreshToken.extendRenewedRefreshTokenExpiryTime', since: '7.3' },
    { path: 'inboundProtocolConfiguration.oidc.cibaAuthenticationRequest', since: '7.3' },
    { path: 'inboundProtocolConfiguration.oidc.fapiProfile', since: '7.4' },
  ],
  // Refused with 409 OAUTH-60008, SAML-60002 and APP-60009 (asked of the product's code of 6.0).
  unique: [
    { what: 'client id', path: 'inboundProtocolConfiguration.oidc.clientId' },
    {
      what: 'SAML issuer',
      path: 'inboundProtocolConfiguration.saml.issuer',
      within: ['inboundProtocolConfiguration.saml.serviceProviderQualifier'],
    },
    { what: 'passive STS realm', path: 'inboundProtocolConfiguration.passiveSts.realm' },
  ],
  references: [
    {
      path: 'authenticationSequence.steps[].options[].idp',
      kind: 'identity-provider',
      except: ['LOCAL'],
      mustExist: true,
    },
    { path: 'provisioningConfigurations.outboundProvisioningIdps[].idp', kind: 'identity-provider', mustExist: true },
    { path: 'claimConfiguration.claimMappings[].localClaim.uri', kind: 'local-claim', mustExist: true },
    {
      path: 'claimConfiguration.requestedClaims[].claim.uri',
      kind: 'local-claim',
      when: LOCAL_DIALECT,
      mustExist: true,
    },
    { path: 'claimConfiguration.subject.claim.uri', kind: 'local-claim', when: LOCAL_DIALECT, mustExist: true },
    // What is shown where none is stored is not sent, and from 7.0 on no claim of the server.
    {
      path: 'claimConfiguration.role.claim.uri',
      kind: 'local-claim',
      when: LOCAL_DIALECT,
      except: [DEFAULT_ROLE_CLAIM],
      mustExist: true,
    },
  ],
  // Seen with 8 writes at a time on the code of 6.1 and 7.0: 409 APP-60007 (POST) and 500 APP-65001 (PATCH) for a local
  // authenticator, 400 CMS-65004 (POST) and 500 APP-65001 (PUT) for an origin, for all but one of them. Federated options
  // are named too: one of them waits once for nothing, and a rule needs no condition.
  firstUses: [
    { path: 'authenticationSequence.steps[].options[].authenticator', makes: 'authenticator' },
    { path: 'authenticationSequence.requestPathAuthenticators[]', makes: 'authenticator' },
    { path: 'inboundProtocolConfiguration.oidc.allowedOrigins[]', makes: 'CORS origin' },
  ],
  // Seen with 4 and 8 writes at a time on the code of 6.0: while a SAML configuration is replaced, another such write, and
  // sometimes any write of an application that has one, is refused with 500 SAML-65001 or 409 SAML-60002.
  writtenAlone: ['inboundProtocolConfiguration.saml'],
  racedRefusals: [
    { status: 500, code: 'SAML-65001' },
    { status: 409, code: 'SAML-60002' },
    { status: 409, code: 'APP-60007' },
    { status: 400, code: 'CMS-65004' },
    { status: 500, code: 'CMS-65004' },
    { status: 500, code: 'APP-65001' },
  ],
  systemKeys: ['Console', 'My Account', 'wso2carbon-local-sp'].map((key) => ({ key })),
  normalise: normaliseApplication,
  check: checkApplication,
  refusals: applicationRefusals,
  needs: applicationNeeds,
  expects: applicationExpectations,
  notCarried: [
    {
      what: 'custom service provider properties (additionalSpProperties), other than the copies of fields that the product keeps there',
      why: 'the API refuses them on write',
    },
    {
      what: 'a change, on 6.0 and 6.1, to an OIDC protocol with scopeValidators that was made less than 15 minutes before',
      why: 'the server answers 500 until it has forgotten the new protocol; apply again later',
    },
    { what: 'a changed clientId or clientSecret of an existing application', why: KEPT_BY_SERVER },
    {
      what: 'isManagementApp of an existing application',
      why: 'it can only be chosen when the application is created',
    },
    { what: 'discoverableGroups (7.2 and later)', why: 'they name groups by server id of one user store' },
    { what: 'roles of the ORGANIZATION audience', why: 'the API does not list them on an application' },
    { what: 'permissions of application roles', why: 'a missing application role is created without permissions' },
    { what: 'owner and sharing with organizations', why: 'they name users and organizations of one server' },
    { what: 'SAML by metadata file or URL', why: 'the server only answers the resulting fields, which are carried' },
    { what: 'attributeConsumingServiceIndex', why: 'it is made by each server; an existing one is kept' },
  ],
  calls: applicationCalls,
};

function checkApplication(value: JsonObject): { path: string; message: string }[] {
  return [
    ...callbackChecks(value),
    ...bindingChecks(value),
    ...sequenceChecks(value),
    ...claimChecks(value),
    ...combinationChecks(value),
  ];
}

function callbackChecks(value: JsonObject): { path: string; message: string }[] {
  const oidc = isObject(value.inboundProtocolConfiguration) ? value.inboundProtocolConfiguration.oidc : undefined;
  const urls = isObject(oidc) && Array.isArray(oidc.callbackURLs) ? oidc.callbackURLs : [];
  const problem = callbackProblem(urls);
  return problem ? [{ path: 'inboundProtocolConfiguration.oidc.callbackURLs', message: problem }] : [];
}

/** The server has a switch for the artifact binding only: the others come back however often they are taken away. */
function bindingChecks(value: JsonObject): { path: string; message: string }[] {
  const saml = isObject(value.inboundProtocolConfiguration) ? value.inboundProtocolConfiguration.saml : undefined;
  const profile = isObject(saml) ? saml.singleSignOnProfile : undefined;
  const bindings = isObject(profile) && Array.isArray(profile.bindings) ? profile.bindings : ALWAYS_ON;
  const path = 'inboundProtocolConfiguration.saml.singleSignOnProfile.bindings';
  const missing = ALWAYS_ON.filter((binding) => !bindings.includes(binding)).join(' and ');
  return missing === '' ? [] : [{ path, message: `the server does not switch ${missing} off; add it here` }];
}

const ALWAYS_ON = ['HTTP_POST', 'HTTP_REDIRECT'];

function sequenceChecks(value: JsonObject): { path: string; message: string }[] {
  const sequence = value.authenticationSequence;
  if (!isObject(sequence)) return [];
  const steps = Array.isArray(sequence.steps) ? sequence.steps : [];
  if (sequence.type !== 'USER_DEFINED') {
    const ignored = steps.length > 0 || sequence.script !== undefined;
    const message = 'the server ignores steps and script unless type is USER_DEFINED';
    return ignored ? [{ path: 'authenticationSequence.type', message }] : [];
  }
  if (steps.length === 0) {
    return [{ path: 'authenticationSequence.type', message: 'a USER_DEFINED sequence needs at least one step' }];
  }
  const ids = steps.map((step) => (isObject(step) ? Number(step.id) : 0)).sort((a, b) => a - b);
  const gapless = ids.every((id, index) => id === index + 1);
  return gapless ? [] : [{ path: 'authenticationSequence.steps', message: 'step ids must be 1, 2, 3 … without gaps' }];
}

/** With mappings present, the server drops requested claims that have none without a word (quirk 8). */
function claimChecks(value: JsonObject): { path: string; message: string }[] {
  const claims = value.claimConfiguration;
  if (!isObject(claims) || claims.dialect !== 'CUSTOM') return [];
  const mapped = new Set(listOf(claims.claimMappings).map((mapping) => mapping.applicationClaim));
  return listOf(claims.requestedClaims)
    .map((requested) => (isObject(requested.claim) ? requested.claim.uri : undefined))
    .filter((uri) => typeof uri === 'string' && !mapped.has(uri))
    .map((uri) => ({
      path: 'claimConfiguration.requestedClaims',
      message: `the requested claim "${String(uri)}" has no entry in claimMappings, so the server would drop it`,
    }));
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
