import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

const ISSUER = 'authority of a test';
const DAY_MS = 86_400_000;

/** Makes an authority, and by it a certificate for hosts and addresses; see the types beside this. */
export function certificatesFor(hosts, addresses = []) {
  const [issuer, own] = [keyPair(), keyPair()];
  const authority = certificateOf('01', ISSUER, issuer, issuer, [
    { name: 'basicConstraints', cA: true },
    { name: 'keyUsage', keyCertSign: true },
  ]);
  const altNames = [
    ...hosts.map((value) => ({ type: 2, value })),
    ...addresses.map((ip) => ({ type: 7, ip })),
  ];
  const certificate = certificateOf('02', hosts[0], own, issuer, [{ name: 'subjectAltName', altNames }]);
  return { authority, key: own.privateKey, certificate };
}

function keyPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

function certificateOf(serialNumber, subject, own, issuer, extensions) {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(own.publicKey);
  made.serialNumber = serialNumber;
  made.validity.notBefore = new Date(Date.now() - DAY_MS);
  made.validity.notAfter = new Date(Date.now() + DAY_MS);
  made.setSubject([{ name: 'commonName', value: subject }]);
  made.setIssuer([{ name: 'commonName', value: ISSUER }]);
  made.setExtensions(extensions);
  made.sign(forge.pki.privateKeyFromPem(issuer.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}
