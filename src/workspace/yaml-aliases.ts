import { parseDocument, visit, type Node } from 'yaml';

/** The text with every alias written out, for changes to what several places share; undefined when there is none. */
export function withoutAliases(text: string): string | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  let found = false;
  const expand = (node: Node): void => {
    visit(node, {
      Alias: (_, alias) => {
        found = true;
        const copy = alias.resolve(document)?.clone() as Node | undefined;
        if (copy) expand(copy);
        return copy;
      },
    });
  };
  if (document.errors.length > 0 || !document.contents) return undefined;
  expand(document.contents);
  visit(document, { Value: (_, node) => void delete node.anchor });
  return found ? document.toString({ lineWidth: 0 }) : undefined;
}
