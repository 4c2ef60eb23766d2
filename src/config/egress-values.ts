import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import {
  AddressRules,
  EgressPolicyError,
  parseEgress,
  parseHeaderRules,
  parsePinnedHost,
  type HeaderRules,
  type PinnedHost,
} from '../egress-policy/index.js';
import { entriesOf } from './list-values.js';
import { valueKind, type Refuse, type ValueKind } from './value-kind.js';

/** Larger than any certificate bundle. */
const MAX_BYTES = 4 * 2 ** 20;

/** Hosts that scripts may reach. */
export function egressHosts(): ValueKind<readonly string[]> {
  return valueKind(
    'hosts such as `api.github.com`, `*.slack.com`, `example.com:8443`, `http://intranet:8080`, separated by commas',
    (text, refuse) => read(entriesOf(text, refuse), refuse, parseEgress),
  );
}

/** IP address ranges. */
export function addressRanges(): ValueKind<readonly string[]> {
  return valueKind('IP address ranges such as `10.0.0.0/8`, separated by commas', (text, refuse) =>
    read(entriesOf(text, refuse), refuse, (entries) => new AddressRules(entries)),
  );
}

/** Hosts and their addresses. */
export function pinnedHosts(): ValueKind<readonly PinnedHost[]> {
  return valueKind('`host=address` or `host=address:port`, separated by commas', (text, refuse) =>
    entriesOf(text, refuse).flatMap((entry) => {
      let pinned: readonly PinnedHost[] = [];
      read(entry, refuse, () => (pinned = [parsePinnedHost(entry)]));
      return pinned;
    }),
  );
}

const HEADERS = 'JSON such as `{"api.github.com": {"authorization": "Bearer …"}}`';

/** Headers for hosts. No error message shows a value. */
export function headerRules(): ValueKind<HeaderRules> {
  return valueKind(HEADERS, (text, refuse) => rulesOf(text, refuse));
}

/** The same, in a file. */
export function headerRulesFile(): ValueKind<HeaderRules> {
  return valueKind('the path of a file in the format of `EGRESS_HEADERS`', (path, refuse) =>
    rulesOf(textOf(path, refuse), refuse),
  );
}

/** Certificates in a file, as PEM. */
export function certificateFile(): ValueKind<string> {
  return valueKind('the path of a PEM file with certificates', (path, refuse) => {
    const text = textOf(path, refuse);
    try {
      if (text !== undefined) createSecureContext({ ca: text });
      if (text?.includes('-----BEGIN CERTIFICATE-----') === false) refuse('the file contains no certificate');
    } catch {
      refuse('the file contains a certificate that cannot be parsed');
    }
    return text ?? '';
  });
}

const NOTHING: HeaderRules = { headersFor: () => new Map() };

function rulesOf(text: string | undefined, refuse: Refuse): HeaderRules {
  if (text === undefined) return NOTHING;
  let rules = NOTHING;
  read(text, refuse, (given) => (rules = parseHeaderRules(given)));
  return rules;
}

function read<T>(value: T, refuse: Refuse, parse: (value: T) => unknown): T {
  try {
    parse(value);
  } catch (error) {
    if (!(error instanceof EgressPolicyError)) throw error;
    refuse(error.message);
  }
  return value;
}

function textOf(path: string, refuse: Refuse): string | undefined {
  try {
    const found = statSync(path);
    if (found.isFile() && found.size <= MAX_BYTES) return readFileSync(path, 'utf8');
    refuse(found.isFile() ? `the file is larger than ${MAX_BYTES} bytes` : 'this is not a regular file');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    refuse(code === 'ENOENT' ? 'the file does not exist' : `the file cannot be read (${code ?? 'no code'})`);
  }
  return undefined;
}
