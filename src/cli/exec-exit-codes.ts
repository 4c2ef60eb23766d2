/** Exit codes of `javascriptd exec`, those of sysexits.h and timeout(1) where they fit; the texts are those of `--help`. */
export const EXEC_EXIT_CODES = {
  returned: { code: 0, when: 'the script returned a value' },
  threw: { code: 1, when: 'the script threw (error 1000)' },
  missing: { code: 2, when: 'the script has no function with that name (error 1001)' },
  exhausted: { code: 3, when: 'the script exceeded a limit (error 1003)' },
  usage: { code: 64, when: 'an option is unknown or invalid' },
  invalid: { code: 65, when: 'the script (error 1100) or the JSON is not valid' },
  noInput: { code: 66, when: 'a file cannot be read' },
  unavailable: { code: 69, when: 'no connection, or it was lost before the reply' },
  internal: { code: 70, when: 'internal error of the service (1201, 1203) or of exec' },
  busy: { code: 75, when: 'busy or shutting down (1200, 1202): nothing ran, try again' },
  protocol: { code: 76, when: 'the reply is not supported by this version' },
  refused: { code: 77, when: 'the service denied access: wrong secret' },
  settings: { code: 78, when: 'a setting is invalid, or SANDBOX_REQUIRE is not met' },
  timedOut: { code: 124, when: 'the script timed out (error 1002)' },
  cancelled: { code: 130, when: 'cancelled with Ctrl-C (error 1004)' },
} as const;

export type ExecEnd = keyof typeof EXEC_EXIT_CODES;
