import { z } from 'zod';

/** How the text of a setting is parsed, and how the expected values are described. */
export interface ValueKind<T> {
  /** Follows "expected" in an error line, and fills the column "Accepted" of the settings table. */
  readonly accepted: string;
  readonly schema: z.ZodType<T, string>;
}

/** Reports a problem with a value, for the error line; may be called once for each invalid part. */
export type Refuse = (problem: string) => void;

/** Makes a kind from a parser. The value that it returns is used only if it reported no problem. */
export function valueKind<T>(accepted: string, read: (text: string, refuse: Refuse) => T): ValueKind<T> {
  const schema = z.string().transform((text, context): T => {
    let refused = false;
    const value = read(text, (problem) => {
      refused = true;
      context.addIssue(problem);
    });
    return refused ? z.NEVER : value;
  });
  return { accepted, schema };
}

/** The problem of an empty value, the same for every kind. */
export const EMPTY = 'the value is empty';

/** A value as error lines show it: on one line, without control characters, truncated. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(shown).replaceAll(
    /[\u007F-\u009F\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
