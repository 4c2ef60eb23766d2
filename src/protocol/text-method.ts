/** The name of a method whose handler takes the payload as `JsonText`. */
export class TextMethod {
  constructor(readonly name: string) {}

  /** As Nest's log shows it. */
  toString(): string {
    return this.name;
  }
}

/**
 * For `@SubscribeMessage`: the handler gets its payload as a `JsonText`, checked and not parsed, or as `undefined` where there
 * is none. Parsing a payload of some megabytes would keep every other client waiting.
 */
export function asText(name: string): TextMethod {
  return new TextMethod(name);
}
