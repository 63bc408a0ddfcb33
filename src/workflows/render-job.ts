import { stringify } from 'yaml';
import { secretTest } from '../compare/differences';
import { artifactText } from '../model/artifact';
import type { JsonObject } from '../model/json';
import type { Kind } from '../model/kind';
import { forEachLeaf, parseLists, withValueAt } from '../model/lists';
import { parsePath } from '../model/path';
import { selects, type Selection } from '../model/selection';
import { openProductWorkspace, refuseEmptySelection, refuseUnknownKinds } from './open-workspace';
import { renderDesired } from './render-desired';
import type { DesiredArtifact } from './desired';

export interface RenderRequest {
  readonly folder: string;
  readonly environment: string;
  readonly selection: Selection;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** What `render --json` prints. */
export interface RenderedDocument {
  readonly format: 1;
  readonly environment: string;
  readonly artifacts: readonly {
    readonly kind: string;
    readonly key: string;
    readonly file: string;
    readonly value: JsonObject;
  }[];
}

const MASK = '(secret)';

/** Renders the selected files for an environment, offline and with every secret masked. */
export async function renderEnvironment(request: RenderRequest): Promise<{ document: RenderedDocument; text: string }> {
  const opened = await openProductWorkspace(request.folder);
  refuseUnknownKinds(request.selection, opened.kinds);
  const environment = await opened.workspace.environment(request.environment);
  const { artifacts } = await renderDesired(opened, environment, request.selection, {
    variables: request.variables,
    resolveSecrets: false,
  });
  const isSelected = selects(request.selection);
  const kinds = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  const chosen = artifacts.filter(isSelected).flatMap((artifact) => {
    const kind = kinds.get(artifact.kind);
    return kind ? [{ ...artifact, value: masked(kind, artifact) }] : [];
  });
  refuseEmptySelection(request.selection, chosen.length);
  const document: RenderedDocument = {
    format: 1,
    environment: environment.name,
    artifacts: chosen.map(({ kind, key, file, value }) => ({ kind, key, file, value })),
  };
  const text = chosen
    .map(
      (artifact) => `# ${artifactText(artifact)}  (${artifact.file})\n${stringify(artifact.value, { lineWidth: 0 })}`,
    )
    .join('\n');
  return { document, text };
}

function masked(kind: Kind, artifact: DesiredArtifact): JsonObject {
  const lists = parseLists(kind.lists);
  const isSecret = secretTest(kind);
  const paths = artifact.unknownSecrets.map((path) => parsePath(path));
  forEachLeaf(artifact.value, lists, (path) => {
    if (isSecret(path)) paths.push([...path]);
  });
  return paths.reduce<JsonObject>(
    (value, path) => (withValueAt(value, path, MASK, lists) as JsonObject | undefined) ?? value,
    artifact.value,
  );
}
