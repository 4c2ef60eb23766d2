import { forms } from './forms.js';
import { headers } from './headers.js';
import { network } from './network.js';
import { requests } from './requests.js';
import { responses } from './responses.js';
import { shapes } from './shapes.js';

const expressions = (list: readonly string[]): readonly string[] =>
  list.map((expression) => `return ${expression}`);

/** Bodies of async functions, by their subject: each returns in a script what it returns in Node. */
export const CASES: Readonly<Record<string, readonly string[]>> = {
  Headers: expressions(headers),
  Response: expressions(responses),
  Request: expressions(requests),
  'FormData and Blob': expressions(forms),
  classes: expressions(shapes),
  requests: network,
};

/** Cases that an older Node answers as its older fetch did: a part of the body, and the first major version that agrees. */
const AGREED_SINCE: readonly (readonly [part: string, major: number])[] = [
  ['priority: "x"', 24],
  ['/multipart', 24],
  ['CONTENT-DISPOSITION: form-data; name=a', 24],
  ['"/echo?")', 24],
  ['referrerPolicy: "no-referrer"', 24],
  ['return [how, why]', 26],
  ['MessageChannel.prototype', 26],
  ['MessagePort.prototype', 26],
];

/** Whether the running Node is the reference for a case. */
export function isAgreed(body: string): boolean {
  const major = Number(process.versions.node.split('.')[0]);
  return AGREED_SINCE.every(([part, since]) => major >= since || !body.includes(part));
}
