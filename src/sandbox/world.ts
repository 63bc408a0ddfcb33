import type { JsonObject } from '../model/json';
import { applicationKeys, type ApplicationRecord } from './applications/record';
import {
  externalClaimKeys,
  localClaimKeys,
  type DialectRecord,
  type ExternalClaimRecord,
  type LocalClaimRecord,
} from './claims/record';
import type { TemplateRecord } from './applications/templates';
import type { Identifiers } from './identifiers';
import { identityProviderKeys, type IdentityProviderRecord } from './identity-providers/record';
import { Registry } from './registry';
import { apiResourceKeys, roleKeys, type ApiResourceRecord, type RoleRecord } from './roles/record';
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
  readonly dialects = new Registry<DialectRecord>({});
  readonly localClaims = new Registry<LocalClaimRecord>(localClaimKeys);
  readonly externalClaims = new Registry<ExternalClaimRecord>(externalClaimKeys);
  readonly roles = new Registry<RoleRecord>(roleKeys);
  readonly apiResources = new Registry<ApiResourceRecord>(apiResourceKeys);
  /** Domains of the secondary user stores; PRIMARY is there without being listed (reference §2.4). */
  readonly userStores: string[] = [];
  /** Provisioning of the resident application `wso2carbon-local-sp`. */
  resident: JsonObject = {};
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

  /** True for PRIMARY and for the secondary stores, whatever the case. */
  hasUserStore(domain: string): boolean {
    const wanted = domain.toUpperCase();
    return wanted === 'PRIMARY' || this.userStores.some((store) => store.toUpperCase() === wanted);
  }
}
