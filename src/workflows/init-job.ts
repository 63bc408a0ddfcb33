import { productNamed } from '../products/products';
import { initWorkspace } from '../workspace/init';

export interface InitRequest {
  readonly product: string;
  readonly environments: readonly { readonly name: string; readonly url: string }[];
  readonly auth: 'client-credentials' | 'basic';
}

/** Makes a workspace and says what to do next. */
export async function makeWorkspace(
  folder: string,
  request: InitRequest,
): Promise<{ files: readonly string[]; text: string }> {
  const files = await initWorkspace(folder, request, productNamed(request.product).kinds);
  const first = request.environments[0]?.name ?? 'dev';
  const next = [`liftlock env check ${first}`, `liftlock export ${first} --commit`];
  return {
    files,
    text: `${files.map((file) => `created ${file}\n`).join('')}\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`,
  };
}
