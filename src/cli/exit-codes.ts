/** How the program ends, in the numbers of sysexits.h where it has one; the texts are those of `--help`. */
export const EXIT_CODES = {
  done: { code: 0, when: 'stopped by SIGTERM or SIGINT, everything answered' },
  usage: { code: 64, when: 'an option is unknown or lacks its value' },
  unavailable: { code: 69, when: 'the port or the host cannot be listened on' },
  internal: { code: 70, when: 'a fault in the service itself' },
  settings: { code: 78, when: 'a setting has a wrong value, or SANDBOX_REQUIRE is not met' },
} as const;
