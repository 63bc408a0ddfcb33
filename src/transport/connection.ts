/** How requests of one environment prove who sends them. All values are resolved: no placeholders are left. */
export type Authentication =
  | {
      readonly type: 'client-credentials';
      readonly clientId: string;
      readonly clientSecret: string;
      /** Default: `{url}/t/{tenant}/oauth2/token`. */
      readonly tokenUrl?: string;
    }
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  /** A ready token: what the command prints (argument list, no shell), or what the file holds. Exactly one of the two. */
  | { readonly type: 'bearer'; readonly command?: readonly string[]; readonly file?: string };

/** PEM files by absolute path. There is no setting that turns verification off. */
export interface TlsFiles {
  /** Certificate authorities trusted for this environment in addition to the public ones. */
  readonly ca?: string;
  /** Client certificate; needs `key`. */
  readonly certificate?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/** Everything that is needed to reach one environment. */
export interface Connection {
  readonly environment: string;
  /** Address of the server; may have a path prefix. */
  readonly url: string;
  readonly tenant: string;
  readonly auth: Authentication;
  readonly tls?: TlsFiles;
  /** A proxy address; false: none; undefined: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the given variables decide. */
  readonly proxy?: string | false;
  /** Until the connection stands, TLS and tunnel included. Default 10 000. */
  readonly connectTimeoutMs?: number;
  /** Without a byte from the server. Default 60 000. */
  readonly readTimeoutMs?: number;
  /** Most requests in flight. Default 8. */
  readonly concurrency?: number;
  /** Largest answer, after decompression. Default 50 MiB. */
  readonly maxResponseBytes?: number;
}
