import { readProductFile } from '../../src/service-provider-files/read';
import { keywordWarnings } from '../../src/workflows/foreign-keywords';

const warnings = (text: string): (string | number | undefined)[][] =>
  keywordWarnings(readProductFile(text, { file: 'sp.yml' })).map(({ code, message, place }) => [
    code,
    message.split(' ')[0],
    place?.line,
  ]);

describe('keywords of IAM-CTL in a file that is converted alone', () => {
  it('are warned of once each, where they stand first', () => {
    const text = 'applicationName: x\naccessUrl: https://{{ DOCK }}/a\nimageUrl: https://{{DOCK}}/{{PIER_2}}.png\n';
    expect(warnings(text)).toEqual([
      ['iamctl-keyword', '{{DOCK}}', 2],
      ['iamctl-keyword', '{{PIER_2}}', 3],
    ]);
  });

  it('are not seen in placeholders of this tool, nor in single braces', () => {
    expect(warnings('applicationName: "{{var:NAME}}"\ndescription: "{DOCK} {{ }} {{1}}"\n')).toEqual([]);
  });
});
