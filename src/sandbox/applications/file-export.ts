import type { Json, JsonObject } from '../../model/json';
import { applicationToFile } from '../../service-provider-files/translation/application-to-file';
import { Entry, Ledger } from '../../service-provider-files/translation/ledger';
import { objectIn, objectsIn, present, textIn, without } from '../fields';
import { visibleFields } from '../strict-body';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { shownAdvanced, shownProvisioning } from './advanced';
import { associatedRoles } from './detail';
import { applicationModel, oidcModel, samlModel } from './models';
import { PROTOCOLS } from './protocols';
import type { ApplicationRecord, ClaimSettings, LoginSequence } from './record';

/**
 * The file of an application as a tree of the product's own model (reference §3). Not in it: ids, the owner, the access
 * mode, properties without an element of their own (`logoutReturnUrl`), authorized APIs and CORS origins (§3.2).
 */
export function applicationFile(world: World, application: ApplicationRecord, withSecrets: boolean): JsonObject {
  const shown = visibleFields(world.version, applicationModel, described(world, application, withSecrets));
  const value = { ...shown, inboundProtocolConfiguration: protocols(world, application) };
  const tree = applicationToFile(new Entry(value, new Ledger()), withSecrets);
  const version = isAtLeast(world.version, '7.1') ? textIn(application.texts, 'applicationVersion') : undefined;
  return present({ ...tree, applicationVersion: version });
}

/**
 * Whether an export holds secrets: it has to be asked for, they have to be recoverable, and from 7.2 the caller has to be
 * allowed to see them (reference §3.3).
 */
export function showsSecrets(world: World, isAskedFor: boolean, scopes: ReadonlySet<string>): boolean {
  const isAllowed = !isAtLeast(world.version, '7.2') || scopes.has('internal_application_mgt_client_secret_view');
  return isAskedFor && !world.settings.hashedSecrets && isAllowed;
}

/** What is stored, in the fields of the API; what a GET only computes is not in a file. */
function described(world: World, application: ApplicationRecord, withSecrets: boolean): JsonObject {
  const { texts } = application;
  return {
    isManagementApp: false,
    applicationEnabled: true,
    ...without(texts, 'logoutReturnUrl', 'applicationVersion'),
    name: application.name,
    associatedRoles: associatedRoles(world, application),
    claimConfiguration: claims(application.claims),
    advancedConfigurations: advanced(world.version, application, withSecrets),
    provisioningConfigurations: provisioning(world.version, application.provisioning),
    authenticationSequence: sequence(application.sequence),
  };
}

/** One list in a file, so every claim is given with its mapping. */
function claims({ dialect, mappings, subject, role }: ClaimSettings): JsonObject {
  return {
    dialect,
    claimMappings: mappings.map(({ applicationClaim, localClaim }) => ({
      applicationClaim,
      localClaim: { uri: localClaim },
    })),
    requestedClaims: mappings
      .filter(({ requested }) => requested)
      .map(({ applicationClaim, mandatory }) => ({ claim: { uri: applicationClaim }, mandatory })),
    subject,
    role: { includeUserDomain: true, ...role },
  };
}

/** A file has both, where the API shows one or the other. */
function provisioning(version: Version, stored: JsonObject): JsonObject {
  const inbound = objectIn(stored, 'inboundProvisioning');
  const inboundProvisioning = inbound && { proxyMode: false, provisioningUserstoreDomain: '', ...inbound };
  return present({ ...shownProvisioning(version, stored), inboundProvisioning });
}

function sequence({ steps, requestPathAuthenticators, ...rest }: LoginSequence): JsonObject {
  return present({
    ...rest,
    steps: steps.map(({ id, options }) => ({ id, options: options.map((option) => ({ ...option })) })),
    requestPathAuthenticators: [...requestPathAuthenticators],
  });
}

/**
 * The certificate is the PEM text itself, and the credentials of an attestation are a text. Whether these go into an
 * export without secrets is not established: they are left out, as the client secret is.
 */
function advanced(version: Version, application: ApplicationRecord, withSecrets: boolean): JsonObject {
  const shown = without(shownAdvanced(version, application), 'additionalSpProperties');
  const certificate = objectIn(shown, 'certificate');
  const attestation = objectIn(shown, 'attestationMetaData') ?? {};
  const credentials = withSecrets ? attestation.androidAttestationServiceCredentials : undefined;
  return present({
    ...shown,
    certificate: certificate && { ...certificate, value: pemText(textIn(certificate, 'value') ?? '') },
    attestationMetaData: present({
      ...attestation,
      androidAttestationServiceCredentials: credentials === undefined ? undefined : JSON.stringify(credentials),
    }),
  });
}

/** The API takes and shows base64 of the PEM text (reference §2.1.10). */
function pemText(value: string): string {
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.startsWith('-----BEGIN') ? decoded : value;
}

function protocols(world: World, { inbound }: ApplicationRecord): JsonObject {
  const known = PROTOCOLS.map(({ path, field }): [string, Json | undefined] => [field, inbound[path]]);
  const standard = new Set(PROTOCOLS.map(({ path }) => path));
  const custom = Object.keys(inbound).filter((path) => !standard.has(path));
  return present({
    ...Object.fromEntries(known),
    oidc: inbound.oidc && visibleFields(world.version, oidcModel, inbound.oidc),
    saml: inbound.saml && visibleFields(world.version, samlModel, inbound.saml),
    custom: custom.flatMap((path) => inbound[path] ?? []),
  });
}

/**
 * YAML and JSON write a client secret that is not exported as null, where XML leaves it out: clients replace that null
 * (inferred from the product's own command-line client).
 */
export function withEmptySecret(tree: JsonObject): JsonObject {
  const inbound = objectIn(tree, 'inboundAuthenticationConfig');
  if (!inbound) return tree;
  const configs = objectsIn(inbound, 'inboundAuthenticationRequestConfigs').map((config) => {
    const inner = objectIn(config, 'inboundConfigurationProtocol');
    if (textIn(config, 'inboundAuthType') !== 'oauth2' || !inner) return config;
    return { ...config, inboundConfigurationProtocol: { oauthConsumerSecret: null, ...inner } };
  });
  return { ...tree, inboundAuthenticationConfig: { ...inbound, inboundAuthenticationRequestConfigs: configs } };
}
