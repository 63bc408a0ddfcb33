import type { Artifact } from '../model/artifact';
import type { Json, JsonObject } from '../model/json';
import { isObject } from '../model/json';

/** A security rule that `lint` applies to rendered artifacts. */
export interface Rule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** What to do about it, in one sentence. */
  readonly mend: string;
  /** Kind of artifact that the rule looks at. */
  readonly kind: string;
  /** Findings in one canonical artifact: where, and what is wrong there. */
  check(artifact: Artifact): readonly Finding[];
}

export interface Finding {
  readonly path: string;
  readonly message: string;
}

/** The map at a dotted path; empty when there is none. */
export function mapAtPath(value: JsonObject, path: string): JsonObject {
  let node: Json | undefined = value;
  for (const field of path.split('.')) node = isObject(node) ? node[field] : undefined;
  return isObject(node) ? node : {};
}

/** The texts of a list. */
export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The OIDC configuration of an application; empty when it has none. */
export function oidcOf(artifact: Artifact): JsonObject {
  return mapAtPath(artifact.value, 'inboundProtocolConfiguration.oidc');
}

/** The SAML configuration of an application; empty when it has none. */
export function samlOf(artifact: Artifact): JsonObject {
  return mapAtPath(artifact.value, 'inboundProtocolConfiguration.saml');
}
