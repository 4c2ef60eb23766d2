import { z } from 'zod';

/** How the text of a setting becomes its value, and what the operator is told when it cannot. */
export interface ValueKind<T> {
  /** Ends the sentence "accepted: …" of an error line, and fills that column of the settings table. */
  readonly accepted: string;
  readonly schema: z.ZodType<T, string>;
}

/** Notes what is wrong with a value, as the middle of the error line; may be called for each wrong part. */
export type Refuse = (problem: string) => void;

/** Makes a kind of a function that reads text; what it returns counts only when it refused nothing. */
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

/** The problem of a value without any text, the same for every kind. */
export const EMPTY = 'the value is empty';

/** A value as error lines show it: on one line, without control characters, not endless. */
export function quoted(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(shown).replaceAll(
    /[\u007F-\u009F\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
