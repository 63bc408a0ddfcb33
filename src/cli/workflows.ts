import type * as Apply from '../workflows/apply-job';
import type * as Check from '../workflows/check-job';
import type * as Convert from '../workflows/convert-job';
import type * as Diff from '../workflows/diff-job';
import type * as Drift from '../workflows/drift-job';
import type * as Export from '../workflows/export-job';
import type * as FromIamctl from '../workflows/from-iamctl-job';
import type * as Init from '../workflows/init-job';
import type * as Lint from '../workflows/lint-job';
import type * as Plan from '../workflows/plan-job';
import type * as PlanFile from '../workflows/plan-file';
import type * as Promote from '../workflows/promote-job';
import type * as Render from '../workflows/render-job';
import type * as Sandbox from '../workflows/sandbox';

/** The workflow of each command, loaded at its first use, so that help and completion start quickly. */
export const lazyWorkflows = {
  apply: (): typeof Apply => module.require('../workflows/apply-job') as typeof Apply,
  check: (): typeof Check => module.require('../workflows/check-job') as typeof Check,
  convert: (): typeof Convert => module.require('../workflows/convert-job') as typeof Convert,
  diff: (): typeof Diff => module.require('../workflows/diff-job') as typeof Diff,
  drift: (): typeof Drift => module.require('../workflows/drift-job') as typeof Drift,
  export: (): typeof Export => module.require('../workflows/export-job') as typeof Export,
  fromIamctl: (): typeof FromIamctl => module.require('../workflows/from-iamctl-job') as typeof FromIamctl,
  init: (): typeof Init => module.require('../workflows/init-job') as typeof Init,
  lint: (): typeof Lint => module.require('../workflows/lint-job') as typeof Lint,
  plan: (): typeof Plan => module.require('../workflows/plan-job') as typeof Plan,
  planFile: (): typeof PlanFile => module.require('../workflows/plan-file') as typeof PlanFile,
  promote: (): typeof Promote => module.require('../workflows/promote-job') as typeof Promote,
  render: (): typeof Render => module.require('../workflows/render-job') as typeof Render,
  sandbox: (): typeof Sandbox => module.require('../workflows/sandbox') as typeof Sandbox,
};
