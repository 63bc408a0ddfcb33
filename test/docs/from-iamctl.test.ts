import { parse } from 'yaml';
import { reasons, textOf, convertFiles } from '../workflows/from-iamctl/aldermere';
import { REASONS } from '../../src/workflows/from-iamctl/reasons';
import { blocksOf, codeSpans, sectionOf, shownFiles } from './pages';

const PAGE = 'docs/from-iamctl.md';
const conversion = convertFiles(shownFiles(PAGE), ['dev', 'prod']);
const shown = (file: string): unknown =>
  parse(blocksOf(PAGE).find(({ text }) => text.startsWith(`# ${file}\n`))?.text ?? '');

test('the files shown are those that the command writes', () => {
  const artifact = 'artifacts/applications/Booking Portal.yaml';
  expect(parse(textOf(conversion, artifact))).toEqual(shown(artifact));
  expect(conversion.environments.get('prod')).toEqual(shown('environments/prod.yaml'));
});

test('the report says what the page says', () => {
  expect(reasons(conversion)).toEqual([
    'list-joined dev inboundProtocolConfiguration.oidc.callbackURLs',
    'text-cut prod description',
    'list-joined prod inboundProtocolConfiguration.oidc.callbackURLs',
  ]);
  expect(conversion.report.differences.find(({ reason }) => reason === 'text-cut')?.sent).toBe('"Aldermere"');
});

test('every reason is on the page', () => {
  const spans = codeSpans(sectionOf(PAGE, 'What is reported') ?? '');
  expect(Object.keys(REASONS).filter((reason) => !spans.includes(reason))).toEqual([]);
});

test('no secret of the old folder is in the new workspace or in the report', () => {
  const written = JSON.stringify([conversion.artifacts, [...conversion.environments], conversion.report]);
  expect(written).not.toMatch(/seagull|harbour-lights/);
});
