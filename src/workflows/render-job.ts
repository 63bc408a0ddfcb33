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
import { explain, explanationText, type ExplainedValue } from './explain';

export interface RenderRequest {
  readonly folder: string;
  readonly environment: string;
  readonly selection: Selection;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Say of every value where it comes from. */
  readonly explain?: boolean;
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
    /** Only with `--explain`. */
    readonly values?: readonly ExplainedValue[];
  }[];
}

const MASK = '(secret)';

/** Renders the selected files for an environment, offline and with every secret masked. */
export async function renderEnvironment(request: RenderRequest): Promise<{ document: RenderedDocument; text: string }> {
  const opened = await openProductWorkspace(request.folder);
  refuseUnknownKinds(request.selection, opened.kinds);
  const environment = await opened.workspace.environment(request.environment);
  const { artifacts, templates, scope } = await renderDesired(opened, environment, request.selection, {
    variables: request.variables,
    resolveSecrets: false,
  });
  const isSelected = selects(request.selection);
  const kinds = new Map(opened.kinds.map((kind) => [kind.name, kind]));
  const byFile = new Map(templates.map((template) => [template.file, template]));
  const chosen = artifacts.filter(isSelected).flatMap((artifact) => {
    const kind = kinds.get(artifact.kind);
    const template = byFile.get(artifact.file);
    if (!kind || !template) return [];
    const value = masked(kind, artifact);
    const values = request.explain ? { values: explain(kind, template, value, environment, scope) } : {};
    return [{ ...artifact, value, ...values }];
  });
  refuseEmptySelection(request.selection, chosen.length, artifacts);
  const document: RenderedDocument = {
    format: 1,
    environment: environment.name,
    artifacts: chosen.map(({ kind, key, file, value, values }) => ({
      kind,
      key,
      file,
      value,
      ...(values ? { values } : {}),
    })),
  };
  const text = chosen
    .map(
      (artifact) =>
        `${heading(artifact)}${artifact.values ? explanationText(artifact.file, artifact.values) : stringify(artifact.value, { lineWidth: 0 })}`,
    )
    .join('\n');
  return { document, text };
}

/** A comment of YAML: what it is, and its file; on two lines where one is too long. */
function heading(artifact: DesiredArtifact): string {
  const line = `# ${artifactText(artifact)}  (${artifact.file})`;
  return line.length <= 80 ? `${line}\n` : `# ${artifactText(artifact)}\n# (${artifact.file})\n`;
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
