import { goScalar } from '../../src/iamctl/go-scalar';

/* What yaml.v3 answers for texts without quotes, encoded as JSON. */
test.each<[string, unknown]>([
  ['plain', undefined],
  ['yes', undefined],
  ['on', undefined],
  ['1.2.3', undefined],
  ['10:30', undefined],
  ['-', undefined],
  ['+', undefined],
  ['.', undefined],
  ['0b12', undefined],
  ['2027-13-01', undefined],
  ['2027-02-30', undefined],
  ['', null],
  ['~', null],
  ['NULL', null],
  ['True', true],
  ['FALSE', false],
  ['0', 0],
  ['-12', -12],
  ['+12', 12],
  ['0755', 493],
  ['0o17', 15],
  ['08', 8],
  ['0x1F', 31],
  ['-0b11', -3],
  ['1_000', 1000],
  ['1e+06', 1_000_000],
  ['.5', 0.5],
  ['5.', 5],
  ['90071992547409931', '90071992547409931'],
  ['2027-03-01', '2027-03-01T00:00:00Z'],
  ['2027-3-1 8:15:00', '2027-03-01T08:15:00Z'],
  ['2027-03-01T08:15:00.50+02:00', '2027-03-01T08:15:00.5+02:00'],
])('%j', (text, expected) => {
  expect(goScalar(text)).toEqual(expected === undefined ? { is: 'text' } : { is: 'value', value: expected });
});

test.each(['.inf', '-.Inf', '.NaN'])('%s cannot be sent as JSON', (text) => {
  expect(goScalar(text)).toEqual({ is: 'unsendable' });
});
