import type { Json, JsonObject } from '../../model/json';
import type { IndexKeys } from '../registry';

/** One claim that an application knows: which local claim stands behind its own name for it, and whether it asks for it. */
export type ClaimMapping = {
  readonly applicationClaim: string;
  readonly localClaim: string;
  readonly requested: boolean;
  readonly mandatory: boolean;
};

export type ClaimSettings = {
  readonly dialect: 'LOCAL' | 'CUSTOM';
  readonly mappings: readonly ClaimMapping[];
  /** Only what was set; the rest is computed on GET (reference §2.1.4). */
  readonly subject: JsonObject;
  readonly role: JsonObject;
};

export type LoginOption = { readonly idp: string; readonly authenticator: string };
export type LoginStep = { readonly id: number; readonly options: readonly LoginOption[] };

export type LoginSequence = {
  readonly type: 'DEFAULT' | 'USER_DEFINED';
  readonly steps: readonly LoginStep[];
  readonly requestPathAuthenticators: readonly string[];
  readonly script?: string;
  readonly subjectStepId: number;
  readonly attributeStepId: number;
  /** What a file that was imported calls a sequence of its own: `local`, `federated`; `flow` through the API. */
  readonly fileType?: string;
};

export type AuthorizedApi = {
  readonly apiId: string;
  readonly policy: string;
  readonly scopes: readonly string[];
};

/** An application as it is stored. Records are replaced, never changed. */
export type ApplicationRecord = {
  readonly id: string;
  readonly name: string;
  /** The plain texts and flags of the detail: description, imageUrl, accessUrl, templateId … */
  readonly texts: JsonObject;
  /** A system application is read-only (reference §2.1.8). */
  readonly system: boolean;
  readonly allowedAudience: 'ORGANIZATION' | 'APPLICATION';
  readonly claims: ClaimSettings;
  readonly sequence: LoginSequence;
  readonly advanced: JsonObject;
  readonly provisioning: JsonObject;
  /** Protocol configurations by path segment: oidc, saml, passive-sts, ws-trust, or the name of a custom one. */
  readonly inbound: { readonly [protocol: string]: JsonObject };
  readonly authorizedApis: readonly AuthorizedApi[];
  /** The id of the user to whom it was handed over. */
  readonly owner?: string;
  /** How it is shared with sub-organizations to come. */
  readonly sharingMode?: JsonObject;
};

function inboundKey(protocol: string, field: string): (record: ApplicationRecord) => string[] {
  return (record) => {
    const key: Json | undefined = record.inbound[protocol]?.[field];
    return typeof key === 'string' ? [key] : [];
  };
}

function usedLocalClaims(record: ApplicationRecord): string[] {
  return record.claims.mappings.map((mapping) => mapping.localClaim);
}

function usedIdentityProviders(record: ApplicationRecord): string[] {
  const outbound = record.provisioning.outboundProvisioningIdps;
  const targets = Array.isArray(outbound) ? outbound : [];
  return [
    ...record.sequence.steps.flatMap((step) => step.options.map((option) => option.idp)),
    ...targets.flatMap((target) =>
      typeof target === 'object' && target !== null && !Array.isArray(target) && typeof target.idp === 'string'
        ? [target.idp]
        : [],
    ),
  ];
}

/** How applications are found: by what must be unique, and by what they refer to. */
export const applicationKeys = {
  name: (record) => [record.name],
  clientId: inboundKey('oidc', 'clientId'),
  issuer: inboundKey('saml', 'issuer'),
  realm: inboundKey('passive-sts', 'realm'),
  localClaim: usedLocalClaims,
  identityProvider: usedIdentityProviders,
  apiResource: (record) => record.authorizedApis.map((api) => api.apiId),
} satisfies IndexKeys<ApplicationRecord>;

/** A stored application template: its own fields and the application that it would create, as they were sent. */
export type TemplateRecord = { readonly id: string; readonly name: string; readonly fields: JsonObject };
