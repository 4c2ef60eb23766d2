/** Exit codes of the service, those of sysexits.h where they fit; the texts are those of `--help`. */
export const EXIT_CODES = {
  done: { code: 0, when: 'stopped gracefully by SIGTERM or SIGINT' },
  usage: { code: 64, when: 'an option is unknown or has no value' },
  unavailable: { code: 69, when: 'cannot listen on the host or the port' },
  internal: { code: 70, when: 'internal error of the service' },
  settings: { code: 78, when: 'a setting is invalid, or SANDBOX_REQUIRE is not met' },
} as const;
