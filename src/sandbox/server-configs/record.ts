/** What a browser may send to the server from other origins. */
export interface CorsConfig {
  readonly allowGenericHttpRequests: boolean;
  readonly allowAnyOrigin: boolean;
  readonly allowSubdomains: boolean;
  readonly supportedMethods: readonly string[];
  readonly supportAnyHeader: boolean;
  readonly supportedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly supportsCredentials: boolean;
  readonly maxAge: number;
}

/** Settings of the server that `/configs` changes, but for what belongs to the resident application. */
export interface ServerConfigs {
  readonly homeRealmIdentifiers: readonly string[];
  readonly idleSessionTimeoutPeriod: string;
  readonly rememberMePeriod: string;
  readonly cors: CorsConfig;
}

/** Those of a server that nobody changed (an answer of the product's code of 6.0; 7.0 gives the same). */
export const SHIPPED_CONFIGS: ServerConfigs = {
  homeRealmIdentifiers: ['localhost'],
  idleSessionTimeoutPeriod: '15',
  rememberMePeriod: '20160',
  cors: {
    allowGenericHttpRequests: true,
    allowAnyOrigin: false,
    allowSubdomains: false,
    supportedMethods: ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'],
    supportAnyHeader: true,
    supportedHeaders: [],
    exposedHeaders: [],
    supportsCredentials: true,
    maxAge: -1,
  },
};
