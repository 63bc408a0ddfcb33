import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalise } from '../../../../src/compare/canonical';
import { compareCanonical } from '../../../../src/compare/differences';
import type { Kind } from '../../../../src/model/kind';
import { artifactsFromFile, filesFromArtifacts } from '../../../../src/products/wso2-is/files/convert';
import { wso2Is } from '../../../../src/products/wso2-is/product';
import { readProductFile } from '../../../../src/service-provider-files/read';
import { writeProductFile, type WriteOptions } from '../../../../src/service-provider-files/write';
import { schemaIssues } from '../../../../src/workspace/schema-issues';

/** Real exports of the product, where they are at hand. */
const FOLDER = path.resolve(__dirname, '../../../../../shared/fixtures/wso2-is/sp-xml');
const VERSION = '7.1';
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.xml')) : [];
const each = names.length > 0 ? describe.each(names) : describe.skip.each(['the real exports are not here']);

function kindNamed(name: string): Kind {
  const kind = wso2Is.kinds.find((candidate) => candidate.name === name);
  if (!kind) throw new Error(name);
  return kind;
}

each('the real export %s', (name) => {
  const file = (): ReturnType<typeof readProductFile> =>
    readProductFile(readFileSync(path.join(FOLDER, name)), { file: name });
  // One of them is a template, which has no name.
  const given = name === 'TestTemplate1.xml' ? 'Aldermere Template' : undefined;

  it('is read without a doubt and becomes an artifact that is valid but for what the file itself lacks', () => {
    const { problems } = file();
    const { artifacts } = artifactsFromFile(file(), wso2Is.kinds, given);
    // Two are files of a deployment, whose reader has a name of its own for an identity provider of a step.
    expect(problems.filter(({ code }) => code !== 'other-name')).toEqual([]);
    expect(artifacts).toHaveLength(1);
    const [artifact] = artifacts;
    const kind = kindNamed(artifact?.kind ?? '');
    expect(schemaIssues(kind.schema, canonicalise(kind, artifact?.value ?? {}, VERSION))).toEqual([]);
    expect(artifact?.key).toBe(given ?? file().root.applicationName);
  });

  const formats: WriteOptions[] = [
    { format: 'xml', dialect: 'export' },
    { format: 'xml', dialect: 'exportFile' },
    { format: 'yaml' },
    { format: 'json' },
  ];

  it.each(formats)('is the same artifact after a round trip through $format $dialect', (options) => {
    const [artifact] = artifactsFromFile(file(), wso2Is.kinds, given).artifacts;
    const kind = kindNamed(artifact?.kind ?? '');
    const before = canonicalise(kind, artifact?.value ?? {}, VERSION);
    const [out] = filesFromArtifacts([{ kind: kind.name, value: before }], VERSION);
    if (!out) throw new Error('nothing written');
    const text = writeProductFile(out.kind, out.root, options);
    const again = readProductFile(text, { file: `x.${options.format}` });
    const [back] = artifactsFromFile(again, wso2Is.kinds).artifacts;
    const after = canonicalise(kind, back?.value ?? {}, VERSION);
    const differences = compareCanonical(kind, before, after).filter(({ secret }) => !secret);
    expect(differences).toEqual([]);
    expect(again.problems).toEqual([]);
  });
});
