/** The name of a method whose handler takes its payload as `JsonText`. */
export class TextMethod {
  constructor(readonly name: string) {}

  /** Shown in Nest's log. */
  toString(): string {
    return this.name;
  }
}

/**
 * For `@SubscribeMessage`: the handler gets its payload as a validated, unparsed `JsonText`, or `undefined` if there is
 * none. Parsing a payload of several megabytes would block every other client.
 */
export function asText(name: string): TextMethod {
  return new TextMethod(name);
}
