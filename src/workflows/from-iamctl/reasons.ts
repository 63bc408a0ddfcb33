import type { CorruptionReason } from '../../model/conversion';

/** Why IAM-CTL sends something else than was meant, in words that need no other page (rivals, A.2: F1, F4, F18 to F23). */
export const REASONS: Readonly<Record<CorruptionReason, string>> = {
  'text-cut':
    'IAM-CTL puts values into the raw text of a file before it reads it; what follows " #" is then a comment, and spaces at the ends go.',
  'text-injected':
    'IAM-CTL puts values into the raw text of a file before it reads it; a line break or bracket in the value then makes other fields.',
  'text-unreadable':
    'IAM-CTL puts values into the raw text of a file before it reads it; with this value the file can no longer be read, and it is not imported.',
  'text-changed':
    'IAM-CTL puts values into the raw text of a file before it reads it; quotes, backslashes and "&" in the value are then read as markup. If the value was written that way on purpose, write it plainly in the environment file now.',
  'text-retyped':
    'IAM-CTL puts values into the raw text of a file before it reads it; without quotes this value is read as another type.',
  'order-by-chance':
    'A keyword stands in the value of another one, and IAM-CTL goes through keywords in an order that changes from run to run. Liftlock always fills in both.',
  'keyword-not-set':
    'The keyword has no value in this environment; IAM-CTL sends the placeholder itself. Liftlock refuses until the variable is set.',
  'process-variable-not-set':
    'The process variable is not set now; IAM-CTL then sends its name as it stands. Liftlock refuses until it is set.',
  'value-not-text':
    'The value in the configuration is not a text; IAM-CTL then keeps the placeholder, or crashes where a single resource has values of its own. Liftlock uses the value with its type.',
  'type-lost':
    'The field is a number or true/false, and the file of IAM-CTL has a text in quotes there. Liftlock sends the type of the field.',
  'list-joined':
    'The field is a list; exports of IAM-CTL join a list whose first element has a keyword into one text with commas. Liftlock sends the list.',
  'config-unreadable':
    'IAM-CTL puts process variables into the raw text of its configuration; with a quote or backslash in one it can no longer read the file and ends.',
  'mask-sent':
    'IAM-CTL sends the mask as if it were the value. Liftlock keeps what the server has until you provide the secret.',
  'excluded-here':
    'The configuration of this environment leaves the resource out, that of others does not. A Liftlock workspace has the same artifacts in every environment; use --except, or an override.',
};
