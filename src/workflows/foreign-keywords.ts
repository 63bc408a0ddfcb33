import { isObject, type Json } from '../model/json';
import { warningProblem, type Problem } from '../model/problem';
import type { ProductFile } from '../service-provider-files/read';
import type { Steps } from '../workspace/places';

/** IAM-CTL replaces any name between two braces; the placeholders of this tool have a colon in it. */
const KEYWORD = /\{\{\s*([A-Za-z][A-Za-z0-9_.-]*)\s*\}\}/g;

/** Warns of keywords of IAM-CTL in the texts of a file, each where it stands first: a server would get them as they are. */
export function keywordWarnings(file: ProductFile): Problem[] {
  const first = new Map<string, Steps>();
  collect(file.root, [], first);
  return [...first].map(([keyword, steps]) => {
    const message = `{{${keyword}}} looks like a keyword of IAM-CTL, and is a text like any other here`;
    const hint = `Replace it by {{var:${keyword}}} in the artifact, or take over the whole folder with "liftlock init --from-iamctl".`;
    return warningProblem('iamctl-keyword', message, { place: file.place(steps), hint });
  });
}

function collect(node: Json, steps: Steps, first: Map<string, Steps>): void {
  if (Array.isArray(node)) node.forEach((item, index) => collect(item, [...steps, index], first));
  else if (isObject(node)) {
    for (const [name, value] of Object.entries(node)) collect(value, [...steps, name], first);
  } else if (typeof node === 'string') {
    for (const [, keyword = ''] of node.matchAll(KEYWORD)) if (!first.has(keyword)) first.set(keyword, steps);
  }
}
