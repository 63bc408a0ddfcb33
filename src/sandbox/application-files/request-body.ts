import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectIn, objectsIn, present, textIn } from '../fields';
import { isAtLeast, type Version } from '../versions';
import { bodyOfInbound } from './protocol-documents';

/**
 * What a file says in the form of the API, as far as an import takes it over.
 * @param tree an object of the product's model, with the properties of its classes
 */
export function bodyOfFile(version: Version, tree: JsonObject): JsonObject {
  const login = objectIn(tree, 'localAndOutBoundAuthenticationConfig');
  return present({
    description: filled(tree, 'description'),
    imageUrl: filled(tree, 'imageUrl'),
    accessUrl: filled(tree, 'accessUrl'),
    templateId: filled(tree, 'templateId'),
    templateVersion: filled(tree, 'templateVersion'),
    applicationEnabled: flagIn(tree, 'applicationEnabled'),
    advancedConfigurations: advanced(version, tree, login),
    claimConfiguration: claims(tree, login),
    authenticationSequence: sequence(tree, login),
    provisioningConfigurations: provisioning(tree),
    associatedRoles: audience(objectIn(tree, 'associatedRolesConfig')),
    inboundProtocolConfiguration: protocols(tree),
  });
}

function filled(object: JsonObject | undefined, field: string): string | undefined {
  const text = textIn(object, field);
  return isBlank(text) ? undefined : text;
}

function advanced(version: Version, tree: JsonObject, login: JsonObject | undefined): JsonObject {
  const attestation = objectIn(tree, 'clientAttestationMetaData');
  const trusted = objectIn(tree, 'trustedAppMetadata');
  return present({
    saas: flagIn(tree, 'saasApp'),
    discoverableByEndUsers: flagIn(tree, 'discoverable'),
    skipLoginConsent: flagIn(login, 'skipConsent'),
    skipLogoutConsent: flagIn(login, 'skipLogoutConsent'),
    useExternalConsentPage: flagIn(login, 'useExternalConsentPage'),
    returnAuthenticatedIdpList: flagIn(login, 'alwaysSendBackAuthenticatedListOfIdPs'),
    enableAuthorization: flagIn(login, 'enableAuthorization'),
    enableAPIBasedAuthentication: flagIn(tree, 'apiBasedAuthenticationEnabled'),
    certificate: certificate(version, tree),
    attestationMetaData:
      attestation &&
      present({
        enableClientAttestation: flagIn(attestation, 'attestationEnabled'),
        androidPackageName: filled(attestation, 'androidPackageName'),
        androidAttestationServiceCredentials: filled(attestation, 'androidAttestationServiceCredentials'),
        appleAppId: filled(attestation, 'appleAppId'),
      }),
    trustedAppConfiguration:
      trusted &&
      present({
        isFIDOTrustedApp: flagIn(trusted, 'isFidoTrusted'),
        isConsentGranted: flagIn(trusted, 'isConsentGranted'),
        androidPackageName: filled(trusted, 'androidPackageName'),
        androidThumbprints: listIn(trusted, 'androidThumbprints'),
        appleAppId: filled(trusted, 'appleAppId'),
      }),
  });
}

/**
 * A key set displaces a certificate; the API has base64 of the PEM text, a file the text itself. Up to 7.0 the API shows
 * what the file has, without its line breaks (measured on the product's code of 6.0).
 */
function certificate(version: Version, tree: JsonObject): JsonObject | undefined {
  const [keys, pem] = [filled(tree, 'jwksUri'), filled(tree, 'certificateContent')];
  if (keys !== undefined) return { type: 'JWKS', value: keys };
  if (pem === undefined) return undefined;
  if (!isAtLeast(version, '7.1')) return { type: 'PEM', value: pem.replaceAll(/[\r\n]/g, '') };
  return { type: 'PEM', value: pem.includes('-----BEGIN') ? Buffer.from(pem, 'utf8').toString('base64') : pem };
}

/** The one list of a file: each claim with its mapping, which of the local dialect may be to itself. */
function claims(tree: JsonObject, login: JsonObject | undefined): JsonObject {
  const config = objectIn(tree, 'claimConfig');
  const uriIn = (mapping: JsonObject, field: string): string | undefined =>
    filled(objectIn(mapping, field), 'claimUri');
  const mapped = objectsIn(config, 'claimMappings').flatMap((mapping) => {
    const local = uriIn(mapping, 'localClaim') ?? uriIn(mapping, 'remoteClaim');
    return local === undefined ? [] : [{ mapping, local, application: uriIn(mapping, 'remoteClaim') ?? local }];
  });
  const subject = filled(login, 'subjectClaimUri');
  const role = filled(config, 'roleClaimURI');
  return present({
    dialect: flagIn(config, 'localClaimDialect') === false ? 'CUSTOM' : 'LOCAL',
    claimMappings: mapped.map(({ local, application }) => ({
      applicationClaim: application,
      localClaim: { uri: local },
    })),
    requestedClaims: mapped
      .filter(({ mapping }) => flagIn(mapping, 'requested') === true)
      .map(({ mapping, application }) => ({
        claim: { uri: application },
        mandatory: flagIn(mapping, 'mandatory') ?? false,
      })),
    subject: present({
      claim: subject === undefined ? undefined : { uri: subject },
      includeUserDomain: flagIn(login, 'useUserstoreDomainInLocalSubjectIdentifier'),
      includeTenantDomain: flagIn(login, 'useTenantDomainInLocalSubjectIdentifier'),
      useMappedLocalSubject: flagIn(config, 'alwaysSendMappedLocalSubjectId'),
      mappedLocalSubjectMandatory: flagIn(config, 'mappedLocalSubjectMandatory'),
    }),
    role: present({
      claim: role === undefined ? undefined : { uri: role },
      includeUserDomain: flagIn(login, 'useUserstoreDomainInRoles'),
      mappings: roles(tree),
    }),
  });
}

function roles(tree: JsonObject): JsonObject[] {
  return objectsIn(objectIn(tree, 'permissionAndRoleConfig'), 'roleMappings').flatMap((mapping) => {
    const local = objectIn(mapping, 'localRole');
    const [name, store] = [filled(local, 'localRoleName') ?? '', filled(local, 'userStoreId')];
    const localRole = store === undefined || name.includes('/') ? name : `${store}/${name}`;
    const applicationRole = filled(mapping, 'remoteRole');
    return localRole === '' || applicationRole === undefined ? [] : [{ localRole, applicationRole }];
  });
}

function sequence(tree: JsonObject, login: JsonObject | undefined): JsonObject {
  const requestPathAuthenticators = objectsIn(tree, 'requestPathAuthenticatorConfigs').flatMap(
    (each) => filled(each, 'name') ?? [],
  );
  const steps = objectsIn(login, 'authenticationSteps')
    .map((step, index) => ({ step, order: typeof step.stepOrder === 'number' ? step.stepOrder : index + 1 }))
    .sort((left, right) => left.order - right.order)
    .map(({ step }) => step);
  if ((textIn(login, 'authenticationType') ?? '').trim() === 'default' || steps.length === 0)
    return { type: 'DEFAULT', requestPathAuthenticators };
  const script = objectIn(login, 'authenticationScriptConfig');
  const marked = (flag: string): number => steps.findIndex((step) => flagIn(step, flag) === true) + 1;
  return present({
    type: 'USER_DEFINED',
    steps: steps.map((step, index) => ({ id: index + 1, options: optionsOf(step) })),
    requestPathAuthenticators,
    script: flagIn(script, 'enabled') === false ? undefined : filled(script, 'content'),
    subjectStepId: marked('subjectStep') || undefined,
    attributeStepId: marked('attributeStep') || undefined,
  });
}

/** A federated option is the default authenticator of an identity provider, else the first one that the step names. */
function optionsOf(step: JsonObject): Json[] {
  const local = objectsIn(step, 'localAuthenticatorConfigs').flatMap((each): Json[] => {
    const authenticator = filled(each, 'name');
    return authenticator === undefined ? [] : [{ idp: 'LOCAL', authenticator }];
  });
  const federated = objectsIn(step, 'federatedIdentityProviders').flatMap((each): Json[] => {
    const idp = filled(each, 'identityProviderName');
    const [first] = objectsIn(each, 'federatedAuthenticatorConfigs');
    const authenticator = filled(objectIn(each, 'defaultAuthenticatorConfig'), 'name') ?? filled(first, 'name');
    return idp === undefined || authenticator === undefined ? [] : [{ idp, authenticator }];
  });
  return [...local, ...federated];
}

function provisioning(tree: JsonObject): JsonObject {
  const inbound = objectIn(tree, 'inboundProvisioningConfig');
  const store = filled(inbound, 'provisioningUserStore');
  const isProxy = flagIn(inbound, 'dumbMode') ?? false;
  const targets = objectsIn(objectIn(tree, 'outboundProvisioningConfig'), 'provisioningIdentityProviders');
  return present({
    inboundProvisioning:
      store === undefined && !isProxy ? undefined : present({ provisioningUserstoreDomain: store, proxyMode: isProxy }),
    outboundProvisioningIdps: targets.flatMap((target): Json[] => {
      const connector = objectIn(target, 'defaultProvisioningConnectorConfig');
      const idp = filled(target, 'identityProviderName');
      if (idp === undefined) return [];
      const details = present({
        connector: textIn(connector, 'name'),
        blocking: flagIn(connector, 'blocking'),
        rules: flagIn(connector, 'rulesEnabled'),
        jit: flagIn(objectIn(target, 'justInTimeProvisioningConfig'), 'provisioningEnabled'),
      });
      return [{ idp, ...details }];
    }),
  });
}

/** Roles stand in a file by name. */
function audience(config: JsonObject | undefined): JsonObject | undefined {
  const allowedAudience = textIn(config, 'allowedAudience')?.toUpperCase();
  if (allowedAudience !== 'APPLICATION' && allowedAudience !== 'ORGANIZATION') return undefined;
  const names = objectsIn(config, 'roles').flatMap((role) => filled(role, 'name') ?? []);
  return { allowedAudience, roles: allowedAudience === 'ORGANIZATION' ? [] : names.map((name) => ({ name })) };
}

/** The protocols of the file, the first of each type. Custom ones are a list. */
function protocols(tree: JsonObject): JsonObject {
  const result: JsonObject = {};
  const custom: Json[] = [];
  for (const config of inboundConfigs(tree)) {
    const found = bodyOfInbound(config);
    if (found?.field === 'custom') custom.push(found.body);
    else if (found) result[found.field] ??= found.body;
  }
  return custom.length > 0 ? { ...result, custom } : result;
}

/** The inbound configurations of a file. */
export function inboundConfigs(tree: JsonObject): JsonObject[] {
  return objectsIn(objectIn(tree, 'inboundAuthenticationConfig'), 'inboundAuthenticationRequestConfigs');
}
