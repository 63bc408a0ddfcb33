import { renderTerminal } from '../../src/reports/terminal/terminal';
import { reportOf, type ReportKind } from '../../src/reports/report';
import { samples, emptyPlan } from './samples';
import { writeFileSync } from 'node:fs';
test('x', () => {
  let all = '';
  for (const kind of Object.keys(samples) as ReportKind[]) all += '=== ' + kind + '\n' + renderTerminal(reportOf(kind, samples[kind] as never), { width: 80, colour: false });
  all += renderTerminal(reportOf('plan', emptyPlan), { width: 80, colour: true });
  writeFileSync('/tmp/all.txt', all);
});
