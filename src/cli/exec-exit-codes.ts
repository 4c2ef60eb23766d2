/** How `javascriptd exec` ends: what became of the script, in the numbers of sysexits.h and timeout(1) where they fit. */
export const EXEC_EXIT_CODES = {
  returned: { code: 0, when: 'the script gave a value' },
  threw: { code: 1, when: 'the script threw (error 1000)' },
  missing: { code: 2, when: 'it has no function of the name (1001)' },
  exhausted: { code: 3, when: 'it passed a limit (1003)' },
  usage: { code: 64, when: 'an option is unknown or wrong' },
  invalid: { code: 65, when: 'what was given is no script (1100), or no JSON' },
  noInput: { code: 66, when: 'a file cannot be read' },
  unavailable: { code: 69, when: 'no connection, or it was lost before the answer' },
  internal: { code: 70, when: 'a fault of the service (1201, 1203) or of this program' },
  busy: { code: 75, when: 'busy or shutting down (1200, 1202): nothing ran, try again' },
  protocol: { code: 76, when: 'an answer that this program does not know' },
  refused: { code: 77, when: 'the service does not let in: wrong secret' },
  settings: { code: 78, when: 'a setting has a wrong value, or SANDBOX_REQUIRE is not met' },
  timedOut: { code: 124, when: 'the script took too long (1002)' },
  cancelled: { code: 130, when: 'cancelled by Ctrl-C (1004)' },
} as const;

export type ExecEnd = keyof typeof EXEC_EXIT_CODES;
