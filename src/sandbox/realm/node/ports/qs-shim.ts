/** What the port of `url` uses of the package `qs`, with Node's own `querystring` behind it. */
const querystring = require('querystring') as {
  parse(text: string): unknown;
  stringify(values: unknown): string;
};

export const parse = (text: string) => querystring.parse(text);
export const stringify = (values: unknown) => querystring.stringify(values);
