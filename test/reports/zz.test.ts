import { renderTerminal } from '../../src/reports/terminal/terminal';
import { FORMATS } from '../../src/reports/formats';
import { jsonSchemaOf } from '../../src/reports/schema';
import { reportOf, type ReportKind } from '../../src/reports/report';
import { samples, emptyPlan } from './samples';
import { writeFileSync } from 'node:fs';
test('x', () => {
  let all = '';
  for (const kind of Object.keys(samples) as ReportKind[]) all += '=== ' + kind + '\n' + renderTerminal(reportOf(kind, samples[kind] as never), { width: 80, colour: false });
  all += renderTerminal(reportOf('plan', emptyPlan), { width: 80, colour: true });
  writeFileSync('/tmp/all.txt', all);
  for (const kind of Object.keys(samples) as ReportKind[]) for (const f of Object.keys(FORMATS)) writeFileSync('/tmp/r-' + kind + '.' + f, FORMATS[f]!(reportOf(kind, samples[kind] as never)));
  console.log(JSON.stringify(jsonSchemaOf('error')), JSON.stringify(jsonSchemaOf('plan')).slice(0, 900));
});
