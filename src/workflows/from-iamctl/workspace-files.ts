import type { IamctlEnvironment } from '../../iamctl/description';
import { referencesIn } from '../../iamctl/process-references';
import { artifactText } from '../../model/artifact';
import type { JsonObject } from '../../model/json';
import type { ProductKind } from '../../products/product';
import { assignFiles } from '../../workspace/file-names';
import { schemaLine } from '../../workspace/schema-line';
import { yamlText } from '../../workspace/yaml-text';
import type { Draft } from './drafts';
import { overridesIn, templateOf, type Prepared } from './template';
import { configuredParts, joinedParts } from './template-text';
import type { Variables } from './variables';
import { versionOf } from './views';

/** The file of one artifact. */
export interface ArtifactFile {
  readonly draft: Draft;
  readonly file: string;
  readonly text: string;
}

/** The files of all artifacts, in the order given. */
export function artifactFiles(
  ready: readonly Prepared[],
  kinds: readonly ProductKind[],
  variables: Variables,
): ArtifactFile[] {
  return kinds.flatMap((kind) => {
    const own = ready
      .filter(({ draft }) => draft.kind === kind.name)
      .sort((a, b) => (a.draft.key < b.draft.key ? -1 : 1));
    const keys = own.map(({ draft }) => draft.key);
    const files = assignFiles(`artifacts/${kind.folder}`, keys, new Map(), [], kind.commonPrefix);
    return own.map((prepared) => ({
      draft: prepared.draft,
      file: files.get(prepared.draft.key) ?? '',
      text: `${schemaLine(kind)}\n${yamlText(templateOf(prepared, variables))}`,
    }));
  });
}

/** A process variable that signs in to a server, and where its value stands today. */
export interface Credential {
  readonly environment: string;
  readonly name: string;
  readonly source: string;
}

/** The contents of environments/NAME.yaml; credentials are only named. */
export function environmentDocument(
  environment: IamctlEnvironment,
  variables: Variables,
  ready: readonly Prepared[],
): { document: JsonObject; credentials: Credential[] } {
  const { server, name } = environment;
  const credentials: Credential[] = [];
  const reference = (text: string | undefined, what: string): string => {
    const [only] = text === undefined ? [] : referencesIn(text);
    const isReference = only !== undefined && text === `\${${only}}`;
    const variable = isReference ? only : `${prefixOf(name)}${what}`;
    credentials.push({ environment: name, name: variable, source: `${sourceOf(text, isReference)}${server.file}` });
    return `{{env:${variable}}}`;
  };
  const overrides = Object.fromEntries(
    ready.flatMap((prepared) => {
      const values = overridesIn(prepared, name, variables);
      return Object.keys(values).length > 0 ? [[artifactText(prepared.draft), values]] : [];
    }),
  );
  const document: JsonObject = {
    url: textOf(server.url ?? '').replace(/\/+$/, ''),
    tenant: textOf(server.tenant ?? 'carbon.super'),
    version: versionOf(environment),
    auth: {
      type: 'client-credentials',
      clientId: reference(server.clientId, 'CLIENT_ID'),
      clientSecret: reference(server.clientSecret, 'CLIENT_SECRET'),
    },
    variables: variables.values(environment),
    secrets: { environment: { prefix: prefixOf(name) } },
    ...(Object.keys(overrides).length > 0 ? { overrides } : {}),
  };
  return { document, credentials };
}

function sourceOf(text: string | undefined, isReference: boolean): string {
  if (text === undefined) return 'not set in ';
  return isReference ? 'the same as in ' : 'in clear in ';
}

function textOf(configured: string): string {
  return joinedParts(configuredParts(configured));
}

/** The start of the names of an environment's process variables. */
export function prefixOf(environment: string): string {
  return `${environment.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_`;
}
