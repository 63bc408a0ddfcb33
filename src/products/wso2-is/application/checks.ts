import type { JsonObject } from '../../../model/json';
import { objectOf } from '../json-fields';

type Problem = { path: string; message: string };

/** What a server refuses, or takes for something else, although each field by itself is right (real server, 6.0). */
export function combinationChecks(value: JsonObject): Problem[] {
  const oidc = objectOf(objectOf(value.inboundProtocolConfiguration)?.oidc);
  return [
    ...encryptionChecks(objectOf(objectOf(oidc?.idToken)?.encryption)),
    ...stepChecks(objectOf(value.authenticationSequence)),
  ];
}

/** OAUTH-60001: there is no default for either. */
function encryptionChecks(encryption: JsonObject | undefined): Problem[] {
  if (encryption?.enabled !== true) return [];
  const path = 'inboundProtocolConfiguration.oidc.idToken.encryption';
  return ['algorithm', 'method']
    .filter((field) => encryption[field] === undefined || encryption[field] === '')
    .map((field) => ({
      path: `${path}.${field}`,
      message: `an ID token cannot be encrypted without ${field}; add it`,
    }));
}

/** The server takes the first step in place of one that is not there. */
function stepChecks(sequence: JsonObject | undefined): Problem[] {
  const count = Array.isArray(sequence?.steps) ? sequence.steps.length : 0;
  return ['subjectStepId', 'attributeStepId']
    .filter((field) => count > 0 && Number(sequence?.[field] ?? 1) > count)
    .map((field) => ({
      path: `authenticationSequence.${field}`,
      message: `there is no step ${Number(sequence?.[field])}, so the server would take step 1`,
    }));
}
