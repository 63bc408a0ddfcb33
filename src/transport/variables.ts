/** The environment variables that decide how the network is reached. */
export interface NetworkVariables {
  readonly httpsProxy?: string;
  readonly httpProxy?: string;
  readonly noProxy: readonly string[];
  /** File with more certificate authorities, as Node.js itself reads it. */
  readonly extraCaFile?: string;
}

/**
 * Picks the network settings from variables such as `process.env`. This is the only place that knows their names.
 * The lower-case name wins, as in curl; an empty value counts as not set.
 */
export function networkVariables(variables: NodeJS.ProcessEnv): NetworkVariables {
  const read = (name: string): string | undefined => variables[name.toLowerCase()] || variables[name] || undefined;
  const all = read('ALL_PROXY');
  return {
    httpsProxy: read('HTTPS_PROXY') ?? all,
    httpProxy: read('HTTP_PROXY') ?? all,
    noProxy: (read('NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== ''),
    extraCaFile: variables['NODE_EXTRA_CA_CERTS'] || undefined,
  };
}
