import { productNamed } from '../products/products';
import { wayInto } from '../reports/words';
import { initWorkspace } from '../workspace/init';

export interface InitRequest {
  readonly product: string;
  readonly environments: readonly { readonly name: string; readonly url: string }[];
  readonly auth: 'client-credentials' | 'basic';
  /** The current folder, from which what is to be done next starts. */
  readonly from: string;
}

/** Makes a workspace and says what to do next. */
export async function makeWorkspace(
  folder: string,
  request: InitRequest,
): Promise<{ files: readonly string[]; text: string }> {
  const files = await initWorkspace(folder, request, productNamed(request.product).kinds);
  const first = request.environments[0]?.name ?? 'dev';
  const next = [...wayInto(folder, request.from), `liftlock env check ${first}`, `liftlock export ${first} --commit`];
  return {
    files,
    text: `${files.map((file) => `created ${file}\n`).join('')}\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`,
  };
}
