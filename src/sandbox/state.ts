import { mkdirSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonObject } from '../model/json';
import { failure } from '../model/problem';
import type { ApplicationRecord, TemplateRecord } from './applications/record';
import type { DialectRecord, ExternalClaimRecord, LocalClaimRecord } from './claims/record';
import { nextClaimRow } from './claims/rows';
import type { IdentityProviderRecord, ProviderTemplateRecord } from './identity-providers/record';
import type { OidcScopeRecord } from './oidc-scopes/record';
import type { ApiResourceRecord, RoleRecord } from './roles/record';
import { SHIPPED_CONFIGS, type ServerConfigs } from './server-configs/record';
import type { UserStoreRecord } from './user-stores/record';
import type { Version } from './versions';
import type { World } from './world';

const FORMAT = 2;

/** A claim in a state file: those of earlier sandboxes have no number of a row. */
type Unnumbered<Claim extends { readonly row: number }> = Omit<Claim, 'row'> & { readonly row?: number };

/** The whole state of a sandbox as plain data: what is saved, and what `/sandbox/state` shows. */
export interface WorldState {
  readonly format: number;
  readonly version: Version;
  readonly tenant: string;
  readonly identifiers: number;
  readonly applications: readonly ApplicationRecord[];
  /** Absent in files of earlier sandboxes. */
  readonly applicationTemplates?: readonly TemplateRecord[];
  readonly identityProviders: readonly IdentityProviderRecord[];
  readonly dialects: readonly DialectRecord[];
  readonly localClaims: readonly Unnumbered<LocalClaimRecord>[];
  readonly externalClaims: readonly Unnumbered<ExternalClaimRecord>[];
  readonly roles: readonly RoleRecord[];
  readonly apiResources: readonly ApiResourceRecord[];
  readonly providerTemplates: readonly ProviderTemplateRecord[];
  readonly oidcScopes: readonly OidcScopeRecord[];
  readonly userStores: readonly UserStoreRecord[];
  /** Absent in files of earlier sandboxes. */
  readonly addedAuthenticators?: readonly string[];
  readonly claimRows?: number;
  readonly servesConfiguredScopes?: boolean;
  readonly configs?: ServerConfigs;
  readonly resident: JsonObject;
  readonly residentProvider: JsonObject;
}

/** A copy of everything that the world holds. */
export function stateOf(world: World): WorldState {
  return structuredClone({
    format: FORMAT,
    version: world.version,
    tenant: world.settings.tenant,
    identifiers: world.identifiers.state,
    applications: [...world.applications.all()],
    applicationTemplates: [...world.applicationTemplates.all()],
    identityProviders: [...world.identityProviders.all()],
    dialects: [...world.dialects.all()],
    localClaims: [...world.localClaims.all()],
    externalClaims: [...world.externalClaims.all()],
    roles: [...world.roles.all()],
    apiResources: [...world.apiResources.all()],
    providerTemplates: [...world.providerTemplates.all()],
    oidcScopes: [...world.oidcScopes.all()],
    userStores: [...world.userStores.all()],
    addedAuthenticators: [...world.addedAuthenticators],
    claimRows: world.claimRows,
    servesConfiguredScopes: world.servesConfiguredScopes,
    configs: world.configs,
    resident: world.resident,
    residentProvider: world.residentProvider,
  });
}

/** Empties the world. */
export function clear(world: World): void {
  for (const registry of registriesOf(world)) registry.clear();
  world.addedAuthenticators = [];
  world.claimRows = 0;
  world.shownClients.clear();
  world.servesConfiguredScopes = false;
  world.configs = SHIPPED_CONFIGS;
  world.resident = {};
  world.residentProvider = {};
}

function registriesOf(world: World): { clear(): void }[] {
  const { applications, applicationTemplates, identityProviders, providerTemplates, userStores } = world;
  const { dialects, localClaims, externalClaims, roles, apiResources, oidcScopes } = world;
  return [
    ...[applications, applicationTemplates, identityProviders, providerTemplates, userStores],
    ...[dialects, localClaims, externalClaims, roles, apiResources, oidcScopes],
  ];
}

/** Replaces what the world holds by a saved state. */
export function restore(world: World, state: WorldState): void {
  clear(world);
  for (const each of state.applications) world.applications.put(each);
  for (const each of state.applicationTemplates ?? []) world.applicationTemplates.put(each);
  for (const each of state.identityProviders) world.identityProviders.put(each);
  for (const each of state.dialects) world.dialects.put(each);
  world.claimRows = state.claimRows ?? 0;
  for (const each of state.localClaims) world.localClaims.put({ ...each, row: each.row ?? nextClaimRow(world) });
  for (const each of state.externalClaims) world.externalClaims.put({ ...each, row: each.row ?? nextClaimRow(world) });
  for (const each of state.roles) world.roles.put(each);
  for (const each of state.apiResources) world.apiResources.put(each);
  for (const each of state.providerTemplates) world.providerTemplates.put(each);
  for (const each of state.oidcScopes) world.oidcScopes.put(each);
  for (const each of state.userStores) world.userStores.put(each);
  world.addedAuthenticators = state.addedAuthenticators ?? [];
  world.servesConfiguredScopes = state.servesConfiguredScopes ?? false;
  world.configs = state.configs ?? SHIPPED_CONFIGS;
  world.resident = state.resident;
  world.residentProvider = state.residentProvider;
  world.identifiers.state = state.identifiers;
}

/** Reads a state file for a server that starts again; undefined when there is none. A file of another version or tenant is an error, not a start. */
export function readState(file: string, world: World): WorldState | undefined {
  if (!existsSync(file)) return undefined;
  const state = parsedState(readFileSync(file, 'utf8'));
  if (!state) throw unreadable(file);
  const { format, version, tenant } = state;
  if (format !== FORMAT || version !== world.version || tenant !== world.settings.tenant) {
    throw failure('sandbox-state-mismatch', `The sandbox state in ${file} is of version ${version}, tenant ${tenant}`, {
      hint: 'Delete the file, choose another folder with --state, or start that version with --release.',
    });
  }
  if (!Array.isArray(state.applications)) throw unreadable(file);
  // A server that starts again answers scopes from its database.
  return { ...state, servesConfiguredScopes: false };
}

function unreadable(file: string): Error {
  return failure('sandbox-state-unreadable', `${file} is no state of a sandbox`, {
    hint: 'Delete the file to begin anew, or choose another folder with --state.',
  });
}

/** Undefined for a text that is not what a sandbox wrote, such as one that was cut off. */
function parsedState(text: string): WorldState | undefined {
  try {
    const state = JSON.parse(text) as WorldState | null;
    return typeof state?.version === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a state file in one step, so that a killed process leaves the old one or the new one. It holds secrets. */
export function writeState(file: string, state: WorldState): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
