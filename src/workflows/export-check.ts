import { canonicalise } from '../compare/canonical';
import { artifactText, type ArtifactName } from '../model/artifact';
import { warningProblem, type Problem } from '../model/problem';
import { settle } from '../planning/settle';
import type { ProductKind } from '../products/product';
import type { Parameterised } from '../substitution/parameterise';
import { renderArtifact } from '../substitution/render';
import { readTemplate } from '../workspace/artifacts';
import type { Template } from '../workspace/template';
import { contentOf } from './baseline';
import type { Job } from './environment-job';
import type { LiveArtifact } from './live';
import { ignoredPaths } from './plan';

/** One file that lies ready. */
export interface Written extends ArtifactName {
  readonly file: string;
  /** Fingerprint of what the file comes to; absent where that is not exactly what the server has. */
  readonly content?: string;
  readonly problems: readonly Problem[];
}

/** Holds the new text of a file against what the server has. */
export function checked(
  job: Job,
  kind: ProductKind,
  live: LiveArtifact,
  { text, problems }: Parameterised,
  old: Template | undefined,
  file: string,
): Written {
  const written = { kind: kind.name, key: live.key, file };
  const template = text === old?.text ? old : readTemplate(kind, file, text).template;
  const check = template ? roundTrip(job, kind, live, template) : { problem: lost(live, file, ['the whole file']) };
  return 'content' in check
    ? { ...written, ...check, problems }
    : { ...written, problems: [...problems, check.problem] };
}

/**
 * render(parameterise(live)) must be live (design, section 5), judged as a plan judges it; where it is not, the user is
 * told where.
 */
function roundTrip(
  job: Job,
  kind: ProductKind,
  live: LiveArtifact,
  template: Template,
): { content: string } | { problem: Problem } {
  const { scope } = job.desired;
  const { value, unknownSecrets } = renderArtifact(kind, template, scope);
  const desired = canonicalise(kind, value, scope.version);
  const { differences } = settle(kind, live.value, desired, {
    ignored: ignoredPaths(job.session, live),
    unknownSecrets,
    confidential: live.confidential,
  });
  if (differences.length === 0) return { content: contentOf(job, { kind: kind.name, value: desired }) };
  return {
    problem: lost(
      live,
      template.file,
      differences.map(({ path }) => path),
    ),
  };
}

function lost(live: LiveArtifact, file: string, paths: readonly string[]): Problem {
  return warningProblem(
    'not-carried-exactly',
    `${artifactText(live)}: the file does not say exactly what the server has in ${paths.slice(0, 5).join(', ')}`,
    {
      artifact: artifactText(live),
      place: { file },
      hint: 'Look at the difference with "liftlock diff files:ENV ENV" before you apply the file anywhere.',
    },
  );
}
