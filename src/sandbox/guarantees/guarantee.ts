/** What still holds if a script escapes its context. */
export const GUARANTEES = ['files', 'network', 'processes', 'signals', 'secrets'] as const;
export type Guarantee = (typeof GUARANTEES)[number];

const NEWER_SETPRIV = 'setpriv of util-linux 2.41 or newer (Debian 13)';

/** The meaning of each, and what an operator can do where it does not hold. */
export const GUARANTEE_TEXTS: Readonly<
  Record<Guarantee, { readonly meaning: string; readonly remedy: string }>
> = {
  files: {
    meaning: 'reads no file but its own program and the installed packages, writes none',
    remedy: `${NEWER_SETPRIV} and a kernel with Landlock (5.13)`,
  },
  network: {
    meaning: 'reaches nothing over TCP, UDP or Unix sockets, not even this machine',
    remedy: NEWER_SETPRIV,
  },
  processes: { meaning: 'starts no process', remedy: NEWER_SETPRIV },
  signals: {
    meaning: 'signals neither the service nor other runners',
    remedy: `${NEWER_SETPRIV}; or user namespaces; or a start as root, for a user of its own`,
  },
  secrets: {
    meaning: 'reads neither the environment nor the memory of the service or of other runners',
    remedy: `${NEWER_SETPRIV}; or user namespaces; or a start as root, for a user of its own`,
  },
};
