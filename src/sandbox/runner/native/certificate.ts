import type { X509Certificate } from 'node:crypto';
import { X509_FIELDS } from '../../boundary/node-functions.js';

/** What a script can read of a certificate. */
export function certificateFacts(certificate: X509Certificate): Readonly<Record<string, unknown>> {
  const facts: Record<string, unknown> = {};
  // Node's types do not have the newest fields yet.
  const fields = certificate as unknown as Readonly<Record<string, unknown>>;
  for (const field of X509_FIELDS) facts[field] = fields[field];
  return { ...facts, pem: certificate.toString() };
}
