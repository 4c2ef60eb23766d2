/** The functions of the package `qs` that the port of `url` uses, from `querystring`. */
const querystring = require('querystring') as {
  parse(text: string): unknown;
  stringify(values: unknown): string;
};

export const parse = (text: string) => querystring.parse(text);
export const stringify = (values: unknown) => querystring.stringify(values);
