import type { JsonObject } from '../../model/json';
import { associatedRoles } from '../applications/detail';
import { PROTOCOLS } from '../applications/protocols';
import type { ApplicationRecord, ClaimSettings, LoginOption, LoginSequence } from '../applications/record';
import { flagIn, objectIn, objectsIn, present, textIn, textsIn } from '../fields';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { customInbound, oauthInbound, passiveStsInbound, samlInbound, wsTrustInbound } from './protocol-documents';

/**
 * An application as an object of the product's own model (reference §3), with the properties of its classes. Not in it:
 * ids, the owner, properties without an element of their own, authorized APIs and CORS origins (§3.2). Lists that the
 * product has there are there, as empty ones: the file shows them.
 */
export function treeOfApplication(world: World, application: ApplicationRecord, withSecrets: boolean): JsonObject {
  const { texts, name } = application;
  const certificate = objectIn(application.advanced, 'certificate');
  const value = textIn(certificate, 'value') ?? '';
  const isKeySet = certificate?.type === 'JWKS';
  return present({
    applicationName: name,
    applicationVersion: textIn(texts, 'applicationVersion'),
    description: filled(texts, 'description'),
    certificateContent: isKeySet || value === '' ? undefined : pemText(world, value),
    jwksUri: isKeySet ? value : '',
    inboundAuthenticationConfig: { inboundAuthenticationRequestConfigs: inbound(world, application, withSecrets) },
    localAndOutBoundAuthenticationConfig: authentication(world, application),
    requestPathAuthenticatorConfigs: application.sequence.requestPathAuthenticators.map(authenticator),
    ...provisioning(application),
    claimConfig: claims(application.claims),
    permissionAndRoleConfig: roles(application.claims),
    saasApp: flagIn(application.advanced, 'saas'),
    imageUrl: filled(texts, 'imageUrl'),
    accessUrl: filled(texts, 'accessUrl'),
    discoverable: flagIn(application.advanced, 'discoverableByEndUsers'),
    discoverableGroups: groups(application),
    templateId: textIn(texts, 'templateId') ?? '',
    templateVersion: filled(texts, 'templateVersion'),
    managementApp: flagIn(texts, 'isManagementApp'),
    b2BSelfServiceApp: flagIn(texts, 'isB2BSelfServiceApp'),
    associatedRolesConfig: isAtLeast(world.version, '7.0') ? audience(world, application) : undefined,
    applicationEnabled: flagIn(texts, 'applicationEnabled') ?? true,
    ...advanced(application.advanced, withSecrets),
  });
}

/**
 * Whether an export holds secrets: it has to be asked for, they have to be recoverable, and from 7.2 the caller has to be
 * allowed to see them (reference §3.3).
 */
export function showsSecrets(world: World, isAskedFor: boolean, scopes: ReadonlySet<string>): boolean {
  const isAllowed = !isAtLeast(world.version, '7.2') || scopes.has('internal_application_mgt_client_secret_view');
  return isAskedFor && !world.settings.hashedSecrets && isAllowed;
}

function filled(object: JsonObject, field: string): string | undefined {
  const text = textIn(object, field);
  return text === '' ? undefined : text;
}

/**
 * The API takes and shows base64 of the PEM text (reference §2.1.10), a file has the text itself; up to 7.0 a file has
 * what the API took (measured on the product's code of 6.0).
 */
function pemText({ version }: World, value: string): string {
  if (!isAtLeast(version, '7.1')) return value;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.startsWith('-----BEGIN') ? decoded : value;
}

function inbound({ version }: World, application: ApplicationRecord, withSecrets: boolean): JsonObject[] {
  const standard = new Set(PROTOCOLS.map(({ path }) => path));
  return Object.entries(application.inbound).map(([path, stored]): JsonObject => {
    if (path === 'oidc') return oauthInbound(stored, application.name, withSecrets);
    if (path === 'saml') return samlInbound(version, stored);
    if (path === 'passive-sts') return passiveStsInbound(stored);
    return standard.has(path) ? wsTrustInbound(stored) : customInbound(stored, application.name);
  });
}

function authentication(
  world: World,
  { id, sequence, claims: claimSettings, advanced: stored }: ApplicationRecord,
): JsonObject {
  const { subject, role } = claimSettings;
  return present({
    authenticationSteps:
      sequence.type === 'DEFAULT' ? defaultSteps(world, id) : sequence.steps.map((step) => stepOf(step, sequence)),
    authenticationType: sequence.type === 'DEFAULT' ? 'default' : (sequence.fileType ?? 'flow'),
    alwaysSendBackAuthenticatedListOfIdPs: flagIn(stored, 'returnAuthenticatedIdpList'),
    subjectClaimUri: textIn(objectIn(subject, 'claim'), 'uri'),
    useTenantDomainInLocalSubjectIdentifier: flagIn(subject, 'includeTenantDomain'),
    useUserstoreDomainInRoles: flagIn(role, 'includeUserDomain') ?? true,
    useUserstoreDomainInLocalSubjectIdentifier: flagIn(subject, 'includeUserDomain'),
    skipConsent: flagIn(stored, 'skipLoginConsent'),
    skipLogoutConsent: flagIn(stored, 'skipLogoutConsent'),
    enableAuthorization: flagIn(stored, 'enableAuthorization'),
    authenticationScriptConfig:
      sequence.script === undefined || sequence.type === 'DEFAULT'
        ? undefined
        : { enabled: true, language: 'application/javascript', content: sequence.script },
    useExternalConsentPage: flagIn(stored, 'useExternalConsentPage'),
  });
}

/**
 * The product fills the steps of the server's default into what it has of an application when its client is asked for,
 * and an export writes them from then on (measured on its code of 6.0; of 7.1 and newer nothing is known).
 */
function defaultSteps(world: World, id: string): JsonObject[] {
  if (isAtLeast(world.version, '7.1') || !world.shownClients.has(id)) return [];
  return [
    {
      stepOrder: 1,
      localAuthenticatorConfigs: [{ ...authenticator('BasicAuthenticator'), enabled: true }],
      federatedIdentityProviders: [],
      subjectStep: true,
      attributeStep: true,
    },
  ];
}

/** The authenticator of a step: a name, and whatever its class has besides. */
function authenticator(name: string): JsonObject {
  return { name, enabled: false, properties: [] };
}

function stepOf({ id, options }: LoginSequence['steps'][number], sequence: LoginSequence): JsonObject {
  const isLocal = ({ idp }: LoginOption): boolean => idp === 'LOCAL';
  return {
    stepOrder: id,
    localAuthenticatorConfigs: options.filter(isLocal).map((option) => authenticator(option.authenticator)),
    federatedIdentityProviders: options
      .filter((option) => !isLocal(option))
      .map((option) => ({
        identityProviderName: option.idp,
        federatedAuthenticatorConfigs: [authenticator(option.authenticator)],
        defaultAuthenticatorConfig: authenticator(option.authenticator),
        provisioningConnectorConfigs: [],
      })),
    subjectStep: id === sequence.subjectStepId,
    attributeStep: id === sequence.attributeStepId,
  };
}

function provisioning({ provisioning: stored }: ApplicationRecord): JsonObject {
  const inboundPart = objectIn(stored, 'inboundProvisioning');
  return {
    inboundProvisioningConfig: present({
      provisioningUserStore: inboundPart && filled(inboundPart, 'provisioningUserstoreDomain'),
      dumbMode: flagIn(inboundPart, 'proxyMode'),
    }),
    outboundProvisioningConfig: {
      provisioningIdentityProviders: objectsIn(stored, 'outboundProvisioningIdps').map((target) => ({
        identityProviderName: textIn(target, 'idp') ?? '',
        federatedAuthenticatorConfigs: [],
        provisioningConnectorConfigs: [],
        defaultProvisioningConnectorConfig: present({
          blocking: flagIn(target, 'blocking'),
          name: textIn(target, 'connector'),
          rulesEnabled: flagIn(target, 'rules'),
        }),
        justInTimeProvisioningConfig: present({ provisioningEnabled: flagIn(target, 'jit') }),
      })),
    },
  };
}

/** One list in a file: every claim with its mapping, asked for or not. */
function claims({ dialect, mappings, subject, role }: ClaimSettings): JsonObject {
  return present({
    roleClaimURI: textIn(objectIn(role, 'claim'), 'uri'),
    localClaimDialect: dialect === 'LOCAL',
    idpClaims: [],
    claimMappings: mappings.map(({ applicationClaim, localClaim, requested, mandatory }) => ({
      localClaim: { claimUri: localClaim },
      remoteClaim: { claimUri: applicationClaim },
      requested,
      mandatory,
    })),
    alwaysSendMappedLocalSubjectId: flagIn(subject, 'useMappedLocalSubject'),
    mappedLocalSubjectMandatory: flagIn(subject, 'mappedLocalSubjectMandatory'),
    spClaimDialects: [],
  });
}

function roles({ role }: ClaimSettings): JsonObject {
  const roleMappings = objectsIn(role, 'mappings').map((mapping) => ({
    localRole: { localRoleName: textIn(mapping, 'localRole') ?? '' },
    remoteRole: textIn(mapping, 'applicationRole') ?? '',
  }));
  return { permissions: [], roleMappings, idpRoles: [] };
}

function groups({ advanced: stored }: ApplicationRecord): JsonObject[] | undefined {
  const list = objectsIn(stored, 'discoverableGroups');
  return list.length === 0 ? undefined : list;
}

function audience(world: World, application: ApplicationRecord): JsonObject {
  const shown = associatedRoles(world, application);
  return {
    allowedAudience: (textIn(shown, 'allowedAudience') ?? '').toLowerCase(),
    roles: objectsIn(shown, 'roles').map((role) => ({ name: textIn(role, 'name') ?? '' })),
  };
}

/**
 * The credentials of an attestation are a text. Whether these go into an export without secrets is not established: they
 * are left out, as the client secret is.
 */
function advanced(stored: JsonObject, withSecrets: boolean): JsonObject {
  const attestation = objectIn(stored, 'attestationMetaData');
  const credentials = withSecrets ? attestation?.androidAttestationServiceCredentials : undefined;
  const trusted = objectIn(stored, 'trustedAppConfiguration');
  return present({
    apiBasedAuthenticationEnabled: flagIn(stored, 'enableAPIBasedAuthentication'),
    clientAttestationMetaData: present({
      attestationEnabled: flagIn(attestation, 'enableClientAttestation'),
      androidPackageName: textIn(attestation, 'androidPackageName') ?? '',
      androidAttestationServiceCredentials: credentials === undefined ? undefined : JSON.stringify(credentials),
      appleAppId: textIn(attestation, 'appleAppId') ?? '',
    }),
    trustedAppMetadata:
      trusted &&
      present({
        androidPackageName: textIn(trusted, 'androidPackageName'),
        androidThumbprints: textsIn(trusted, 'androidThumbprints'),
        appleAppId: textIn(trusted, 'appleAppId'),
        isFidoTrusted: flagIn(trusted, 'isFIDOTrustedApp'),
        isConsentGranted: flagIn(trusted, 'isConsentGranted'),
      }),
  });
}
