import path from 'node:path';
import type { Problem } from '../model/problem';
import type { Product, ProductKind } from '../products/product';
import { productNamed } from '../products/products';
import type { Scope } from '../substitution/scope';
import { loadTemplates } from '../workspace/artifacts';
import type { Template } from '../workspace/template';
import { workTree } from '../workspace/work-tree';
import type { ConvertRequest } from './convert-request';
import { openProductWorkspace } from './open-workspace';
import { renderDesired } from './render-desired';

/** Where artifacts go to or come from, and what they are rendered with. */
export interface Target {
  /** Absolute path of the folder that holds `artifacts/`. */
  readonly root: string;
  readonly product: Product;
  readonly kinds: readonly ProductKind[];
  readonly templates: readonly Template[];
  readonly scope: Scope;
  readonly hasEnvironment: boolean;
  readonly problems: readonly Problem[];
}

/** Server version where no environment says another: the one that `version` of an environment file defaults to. */
const VERSION = '7.1';

/** A scope without an environment: no variables, no secrets. */
function bareScope(): Scope {
  return { environment: 'the file', version: VERSION, variables: {}, secrets: new Map(), overrides: {} };
}

/** Opens the workspace, or the folder given with --out, which need not be one. Throws for mistakes in their files. */
export async function convertTarget(request: ConvertRequest): Promise<Target> {
  const { out, environment: name } = request;
  if (name === undefined && out !== undefined && request.to === 'artifacts') return outside(request, out);
  const opened = await openProductWorkspace(request.folder);
  const { workspace, product, kinds } = opened;
  const elsewhere = out !== undefined && request.to === 'artifacts';
  const root = elsewhere ? path.resolve(request.from, out) : workspace.root;
  if (name === undefined) {
    const { templates, problems } = await loadTemplates(workspace.source, kinds, product.kinds);
    return { root, product, kinds, templates, scope: bareScope(), hasEnvironment: false, problems };
  }
  const environment = await workspace.environment(name);
  const selection = {};
  const settings = { variables: request.variables, resolveSecrets: false };
  const rendered = await renderDesired(opened, environment, selection, settings);
  const templates = elsewhere ? await templatesIn(root, out, kinds) : rendered.templates;
  return { root, product, kinds, templates, scope: rendered.scope, hasEnvironment: true, problems: [] };
}

/** No workspace is needed to convert into a folder or to standard output. */
async function outside(request: ConvertRequest, out: string): Promise<Target> {
  const product = productNamed('wso2-is');
  const root = path.resolve(request.from, out);
  const { kinds } = product;
  const templates = await templatesIn(root, out, kinds);
  return { root, product, kinds, templates, scope: bareScope(), hasEnvironment: false, problems: [] };
}

async function templatesIn(root: string, out: string, kinds: readonly ProductKind[]): Promise<readonly Template[]> {
  return out === '-' ? [] : (await loadTemplates(workTree(root), kinds)).templates;
}
