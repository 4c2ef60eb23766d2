const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;

/** One member of an object that was scanned. */
export interface Member {
  /** The name, as JSON. */
  readonly key: string;
  readonly value: JsonText;
}

/**
 * JSON that was checked and not parsed: it travels as the bytes that came. It may be written into other JSON as it is.
 */
export class JsonText {
  #fields: ReadonlyMap<string, JsonText> | undefined;

  /**
   * @param bytes one value: valid JSON in UTF-8, without white space around it
   * @param depth levels of arrays and objects; 0 for a scalar
   * @param members the members of an object, where the scanner was asked for them
   * @param hasExcess whether the object has more members than the scanner collects
   */
  constructor(
    readonly bytes: Buffer,
    readonly depth: number,
    private readonly members: readonly Member[] = [],
    readonly hasExcess = false,
  ) {}

  get isObject(): boolean {
    return this.bytes[0] === OPEN_OBJECT;
  }

  get isArray(): boolean {
    return this.bytes[0] === OPEN_ARRAY;
  }

  get isString(): boolean {
    return this.bytes[0] === QUOTE;
  }

  /** Whether it has more than one line: in JSON a line break can only stand between tokens. */
  get hasLineBreak(): boolean {
    return this.bytes.includes(LINE_FEED) || this.bytes.includes(CARRIAGE_RETURN);
  }

  /** The collected members by name. The last of several with one name counts, as with `JSON.parse`. */
  get fields(): ReadonlyMap<string, JsonText> {
    return (this.#fields ??= new Map(
      this.members.map(({ key, value }) => [JSON.parse(key) as string, value]),
    ));
  }

  /** Makes the value. Takes as long as the text is large: check `bytes.length` first. */
  parse(): unknown {
    return JSON.parse(this.toString());
  }

  /** Lets `JSON.stringify` write the value. */
  toJSON(): unknown {
    return this.parse();
  }

  toString(): string {
    return this.bytes.toString();
  }

  /** The same, in memory that is at most twice as large: no short value keeps the long text that it came in. */
  compact(): JsonText {
    return 2 * this.bytes.length < this.bytes.buffer.byteLength ? this.detached() : this;
  }

  /** A copy that keeps nothing but its own bytes in memory. */
  detached(): JsonText {
    // Not `Buffer.from`, which may take a part of a pool.
    const bytes = Buffer.allocUnsafeSlow(this.bytes.length);
    this.bytes.copy(bytes);
    return new JsonText(bytes, this.depth);
  }
}
