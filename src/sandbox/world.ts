import type { JsonObject } from '../model/json';
import { applicationKeys, type ApplicationRecord, type TemplateRecord } from './applications/record';
import {
  externalClaimKeys,
  localClaimKeys,
  type DialectRecord,
  type ExternalClaimRecord,
  type LocalClaimRecord,
} from './claims/record';
import type { Identifiers } from './identifiers';
import {
  identityProviderKeys,
  type IdentityProviderRecord,
  type ProviderTemplateRecord,
} from './identity-providers/record';
import type { OidcScopeRecord } from './oidc-scopes/record';
import { Registry } from './registry';
import { SHIPPED_CONFIGS, type ServerConfigs } from './server-configs/record';
import { apiResourceKeys, roleKeys, type ApiResourceRecord, type RoleRecord } from './roles/record';
import { userStoreKeys, type UserStoreRecord } from './user-stores/record';
import type { Version } from './versions';

export interface WorldSettings {
  readonly version: Version;
  readonly tenant: string;
  readonly maximumItemsPerPage: number;
  readonly hashedSecrets: boolean;
  /** Names of the inbound protocols that are plugged in beside the standard ones. */
  readonly customProtocols?: readonly string[];
}

/** The root organization of the super tenant has this id on every server (reference §2.18). */
export const ROOT_ORGANIZATION = '10084a8d-113f-4211-a0d5-efe36b082211';

/** Everything that one sandbox server holds; the routes read and write it. */
export class World {
  readonly applications = new Registry<ApplicationRecord>(applicationKeys);
  readonly applicationTemplates = new Registry<TemplateRecord>({ name: (template) => [template.name] });
  readonly identityProviders = new Registry<IdentityProviderRecord>(identityProviderKeys);
  readonly providerTemplates = new Registry<ProviderTemplateRecord>({ name: (template) => [template.name] });
  readonly dialects = new Registry<DialectRecord>({});
  readonly localClaims = new Registry<LocalClaimRecord>(localClaimKeys);
  readonly externalClaims = new Registry<ExternalClaimRecord>(externalClaimKeys);
  readonly roles = new Registry<RoleRecord>(roleKeys);
  readonly apiResources = new Registry<ApiResourceRecord>(apiResourceKeys);
  readonly oidcScopes = new Registry<OidcScopeRecord>({});
  /** The secondary user stores; PRIMARY is there without being listed (reference §2.4). */
  readonly userStores = new Registry<UserStoreRecord>(userStoreKeys);
  /** Ids of the applications whose OIDC configuration was asked for. */
  readonly shownClients = new Set<string>();
  /** How long a new user store takes to be deployed. */
  userStoreDelayMs = 0;
  /** Local authenticators that somebody added to those of the product. */
  addedAuthenticators: readonly string[] = [];
  /** What `/configs` changes. */
  configs: ServerConfigs = SHIPPED_CONFIGS;
  /** Whether scopes are still answered as the configuration of a fresh server has them. */
  servesConfiguredScopes = false;
  /** The number of the claim that was made last. */
  claimRows = 0;
  /** A seed or a copy is being put in: what it holds is right, however the server that let it through is configured. */
  isBeingFilled = false;
  /** Provisioning of the resident application `wso2carbon-local-sp`. */
  resident: JsonObject = {};
  /** The resident identity provider `LOCAL` in the form of its file (reference §2.2.1). */
  residentProvider: JsonObject = {};
  /** Scheme, host and port under which the server is reached; known once it listens. */
  address = '';

  constructor(
    readonly settings: WorldSettings,
    readonly identifiers: Identifiers,
  ) {}

  get version(): Version {
    return this.settings.version;
  }

  /** Names of the inbound protocols beside the standard ones. */
  get customProtocols(): readonly string[] {
    return this.settings.customProtocols ?? [];
  }

  /** A link as it stands in bodies: relative, with the tenant (reference §1.5). */
  link(path: string, mount = '/api/server/v1'): string {
    return `/t/${this.settings.tenant}${mount}${path}`;
  }

  /** A link as it stands in the Location header: absolute. */
  location(path: string, mount?: string): string {
    return `${this.address}${this.link(path, mount)}`;
  }

  /** True for PRIMARY and for the deployed secondary stores, whatever the case. */
  hasUserStore(domain: string): boolean {
    const wanted = domain.toUpperCase();
    const store = this.userStores.find('domain', wanted);
    return wanted === 'PRIMARY' || (store !== undefined && this.isDeployed(store));
  }

  /** True once the server has taken up a user store that was created (reference §5, quirk 27). */
  isDeployed(store: UserStoreRecord): boolean {
    return store.deployedAt <= Date.now();
  }
}
