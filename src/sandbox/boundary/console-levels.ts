/** The methods of `console` that say how grave a line is; each other is the level of one of them. */
export const CONSOLE_LEVELS = ['log', 'debug', 'info', 'warn', 'error', 'trace'] as const;

export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];

const ZERO = 0x30;

/** The level of a line on the pipe: one digit. */
export function levelDigit(level: ConsoleLevel): string {
  return String.fromCharCode(ZERO + CONSOLE_LEVELS.indexOf(level));
}

/** @returns undefined where the text does not begin with the digit of a level */
export function levelOf(text: string): ConsoleLevel | undefined {
  return CONSOLE_LEVELS[text.charCodeAt(0) - ZERO];
}
