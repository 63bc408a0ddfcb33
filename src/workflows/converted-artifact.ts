import { canonicalise } from '../compare/canonical';
import { secretTest } from '../compare/differences';
import { artifactText } from '../model/artifact';
import { isMask, type Kind } from '../model/kind';
import { forEachLeaf, parseLists } from '../model/lists';
import { formatPath, parsePath } from '../model/path';
import { errorProblem, warningProblem, type Problem } from '../model/problem';
import type { FileArtifact } from '../products/product-files';
import { parameterise } from '../substitution/parameterise';
import { placeholdersOf } from '../substitution/placeholder';
import { renderArtifact } from '../substitution/render';
import type { Scope } from '../substitution/scope';
import { readTemplate } from '../workspace/artifacts';
import type { Template } from '../workspace/template';
import { validateArtifact } from '../workspace/validate';

/** What the text of an artifact's file is made with. */
export interface Making {
  readonly kind: Kind;
  readonly scope: Scope;
  /** False: the scope has no variables, because nobody said which environment the file is from. */
  readonly hasEnvironment: boolean;
  readonly takenSecretNames: ReadonlySet<string>;
  readonly force: boolean;
  /** Fields that the file says nothing about: an existing artifact keeps them. */
  readonly notInFile: readonly string[];
}

/**
 * The text of an artifact's file: an existing one keeps its comments, and its placeholders where the value behind them
 * is the same, as with an export; secrets are never written, only their placeholders. Without a text there are errors.
 */
export function artifactFile(
  artifact: FileArtifact,
  source: string,
  file: string,
  old: Template | undefined,
  making: Making,
): { text?: string; problems: readonly Problem[] } {
  const { kind, scope, force } = making;
  const kept = old && !(force && lacksEnvironment(old, making)) ? old : undefined;
  if (kept && lacksEnvironment(kept, making)) return { problems: [environmentNeeded(artifact, source, kept)] };
  const live = canonicalise(kind, artifact.value, scope.version);
  const { confidential } = artifact;
  const ignored = making.notInFile.map((pattern) => parsePath(pattern));
  const options = { confidential, takenSecretNames: making.takenSecretNames, ignored };
  const { text, problems } = parameterise(kept, live, scope, saidByFiles(kind), options);
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  return {
    text,
    problems: [...problems, ...secretsIn(artifact, source, kind, live), ...doubts(text, file, kind, scope)],
  };
}

/**
 * The kind without the fields that a server fills in where nobody says them: a file that says one means it. What cannot be
 * changed on a server, such as a client id, stays each environment's own in an artifact that does not mention it.
 */
function saidByFiles(kind: Kind): Kind {
  const fixed = new Set(kind.immutable.map(({ path }) => path));
  return { ...kind, chosenByServer: kind.chosenByServer.filter((path) => fixed.has(path)) };
}

function lacksEnvironment(template: Template, { hasEnvironment }: Making): boolean {
  return !hasEnvironment && placeholdersOf(template.text).some(({ namespace }) => namespace !== 'secret');
}

function environmentNeeded(artifact: FileArtifact, source: string, { file }: Template): Problem {
  const message = `${file} has placeholders: which environment is ${source} from?`;
  const hint = 'Say it with --env ENV; or write the file anew, without placeholders and comments, with --force.';
  return errorProblem('environment-needed', message, { place: { file }, artifact: artifactText(artifact), hint });
}

/** The file that was read keeps its secrets: whoever has it has them. */
function secretsIn(artifact: FileArtifact, source: string, kind: Kind, live: FileArtifact['value']): Problem[] {
  const isSecret = secretTest(kind, artifact.confidential);
  const paths: string[] = [];
  forEachLeaf(live, parseLists(kind.lists), (path, value) => {
    if (typeof value === 'string' && value !== '' && !isMask(value) && isSecret(path)) paths.push(formatPath(path));
  });
  if (paths.length === 0) return [];
  const message = `${source} holds ${paths.length === 1 ? 'a secret' : `${paths.length} secrets`} in clear (${paths.join(', ')})`;
  const hint =
    'The artifact has a {{secret:…}} placeholder instead. Put the value into your secret source, and delete the file.';
  return [
    warningProblem('secret-in-source', message, { place: { file: source }, artifact: artifactText(artifact), hint }),
  ];
}

/** What the artifact lacks because the file lacked it: it is written all the same, since nothing of the file is wrong. */
function doubts(text: string, file: string, kind: Kind, scope: Scope): Problem[] {
  const { template, problems } = readTemplate(kind, file, text);
  if (!template) return [...problems];
  const { value, unknownSecrets } = renderArtifact(kind, template, scope);
  return validateArtifact(kind, value, template, { unknownSecrets }).map((problem) => ({
    ...problem,
    severity: 'warning',
  }));
}
