import type { Json, JsonObject } from '../../model/json';
import { objectIn, objectsIn, present, textIn, without } from '../fields';

/*
 * What the product's classes write of an application into a file beside what it holds: flags that nobody set, texts of
 * properties, a step that stands for the sequence of the server. Measured on 6.x and, but for the fields that came with
 * it, recorded on 7.0; Liftlock's own files do without.
 */

/** The tree of an application with all that a server writes. */
export function asProductWrites(tree: JsonObject): JsonObject {
  const outbound = objectIn(tree, 'localAndOutBoundAuthenticationConfig') ?? {};
  return {
    ...tree,
    ...inboundConfigs(objectIn(tree, 'inboundAuthenticationConfig')),
    localAndOutBoundAuthenticationConfig: login(outbound),
    inboundProvisioningConfig: {
      provisioningEnabled: false,
      dumbMode: false,
      ...objectIn(tree, 'inboundProvisioningConfig'),
    },
    claimConfig: { alwaysSendMappedLocalSubjectId: false, ...objectIn(tree, 'claimConfig') },
  };
}

function login(config: JsonObject): JsonObject {
  const steps = objectsIn(config, 'authenticationSteps').map((step) => ({
    ...step,
    ...present({ localAuthenticatorConfigs: localAuthenticators(step) }),
  }));
  return {
    useTenantDomainInLocalSubjectIdentifier: false,
    useUserstoreDomainInLocalSubjectIdentifier: false,
    ...config,
    authenticationSteps: steps,
  };
}

/** The flag is that of the row, which nothing ever sets. */
function localAuthenticators(step: JsonObject): Json | undefined {
  const all = objectsIn(step, 'localAuthenticatorConfigs');
  return all.length === 0 ? undefined : all.map((each) => ({ ...each, enabled: false }));
}

function inboundConfigs(config: JsonObject | undefined): JsonObject {
  if (!config) return {};
  const configs = objectsIn(config, 'inboundAuthenticationRequestConfigs').map((each) => ({
    ...each,
    ...present({ inboundConfigurationProtocol: innerDocument(each), properties: properties(each) }),
  }));
  return { inboundAuthenticationConfig: { ...config, inboundAuthenticationRequestConfigs: configs } };
}

function properties(config: JsonObject): Json | undefined {
  const all = objectsIn(config, 'properties');
  if (all.length === 0) return undefined;
  const texts = { confidential: false, required: false, displayOrder: 0, advanced: false, groupId: 0 };
  return all.map((property) => ({ ...texts, ...property }));
}

function innerDocument(config: JsonObject): JsonObject | undefined {
  const inner = objectIn(config, 'inboundConfigurationProtocol');
  if (inner && textIn(config, 'inboundAuthType') === 'samlsso') return { samlECP: false, ...inner };
  if (!inner || textIn(config, 'inboundAuthType') !== 'oauth2') return inner;
  const encryption = inner.idTokenEncryptionEnabled === true ? {} : NO_ENCRYPTION;
  const shown = inner.renewRefreshTokenEnabled === false ? without(inner, 'renewRefreshTokenEnabled') : inner;
  return { state: 'ACTIVE', ...encryption, ...shown };
}

const NO_ENCRYPTION = { idTokenEncryptionAlgorithm: 'null', idTokenEncryptionMethod: 'null' };
