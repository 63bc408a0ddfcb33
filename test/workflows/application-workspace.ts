import { stringify } from 'yaml';
import type { JsonObject } from '../../src/model/json';
import type { Selection } from '../../src/model/selection';
import type { JobRequest } from '../../src/workflows/environment-job';
import { smallSecrets } from '../e2e/small-company';
import { temporaryFolder } from '../workspace/temporary-folder';

/** A workspace for the environment `dev` with the given files, kept to applications. */
export function applicationWorkspace(
  url: string,
  files: Readonly<Record<string, string>> = {},
  settings: JsonObject = {},
): string {
  const auth = { type: 'basic', username: '{{env:USER_NAME}}', password: '{{env:PASSWORD}}' };
  return temporaryFolder({
    'liftlock.yaml': stringify({ product: 'wso2-is', environments: ['dev'], kinds: ['application'], ...settings }),
    'environments/dev.yaml': stringify({ url, auth }),
    ...files,
  });
}

/** What a job on that environment is asked for. */
export function jobRequest(folder: string, selection: Selection = {}): JobRequest {
  const variables = { ...smallSecrets, USER_NAME: 'admin', PASSWORD: 'admin' };
  const surroundings = { variables, signal: new AbortController().signal };
  return { folder, environment: 'dev', selection, write: true, surroundings };
}
