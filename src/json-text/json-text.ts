const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;

/** A member of a scanned object. */
export interface Member {
  /** The name, as JSON. */
  readonly key: string;
  readonly value: JsonText;
}

/** Texts up to this size are copied as strings, which is faster than a separate Buffer and takes less memory. */
const SHORT_BYTES = 1024;

/** The range of a text in its source, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Validated, unparsed JSON, kept as the bytes that were received. It can be written into other JSON verbatim. */
export class JsonText {
  /** Length in bytes of UTF-8. */
  readonly length: number;
  readonly #source: Buffer | string;
  readonly #start: number;
  #bytes: Buffer | undefined;
  #fields: ReadonlyMap<string, JsonText> | undefined;

  /**
   * @param source one JSON value without surrounding white space; a Buffer is UTF-8
   * @param depth nesting depth of arrays and objects; 0 for a scalar
   * @param members the members of an object, if the scanner collected them
   * @param hasExcess whether the object has more members than the scanner collects
   * @param range range of the value in the source; absent: all of it
   */
  constructor(
    source: Buffer | string,
    readonly depth: number,
    private readonly members: readonly Member[] = [],
    readonly hasExcess = false,
    range?: ByteRange,
  ) {
    this.#source = source;
    this.#start = range?.start ?? 0;
    this.length = (range?.end ?? Buffer.byteLength(source)) - this.#start;
  }

  get bytes(): Buffer {
    return (this.#bytes ??= this.#cut());
  }

  /** The text in the form that is at hand, for writing. */
  get part(): string | Buffer {
    return typeof this.#source === 'string' ? this.#source : this.bytes;
  }

  get isObject(): boolean {
    return this.#first === OPEN_OBJECT;
  }

  get isArray(): boolean {
    return this.#first === OPEN_ARRAY;
  }

  get isString(): boolean {
    return this.#first === QUOTE;
  }

  /** Whether it has more than one line. In JSON, line breaks occur only between tokens. */
  get hasLineBreak(): boolean {
    return this.bytes.includes(LINE_FEED) || this.bytes.includes(CARRIAGE_RETURN);
  }

  /** The collected members by name. The last duplicate wins, as with `JSON.parse`. */
  get fields(): ReadonlyMap<string, JsonText> {
    return (this.#fields ??= new Map(
      this.members.map(({ key, value }) => [JSON.parse(key) as string, value]),
    ));
  }

  /** Parses the value. Takes time in proportion to `length`, so check that first. */
  parse(): unknown {
    return JSON.parse(this.toString());
  }

  /** For `JSON.stringify`. */
  toJSON(): unknown {
    return this.parse();
  }

  toString(): string {
    if (typeof this.#source === 'string') return this.#source;
    return this.#source.toString('utf8', this.#start, this.#start + this.length);
  }

  /** The same text in at most twice its memory, so that a short value does not retain the long text around it. */
  compact(): JsonText {
    if (typeof this.#source === 'string') return this;
    return 2 * this.length < this.#source.buffer.byteLength ? this.detached() : this;
  }

  /** A copy that retains only its own text. */
  detached(): JsonText {
    if (this.length <= SHORT_BYTES) return new JsonText(this.toString(), this.depth);
    // Not `Buffer.from`, which may use a pooled Buffer.
    const bytes = Buffer.allocUnsafeSlow(this.length);
    this.bytes.copy(bytes);
    return new JsonText(bytes, this.depth);
  }

  #cut(): Buffer {
    if (typeof this.#source === 'string') return Buffer.from(this.#source);
    return this.#source.subarray(this.#start, this.#start + this.length);
  }

  get #first(): number | undefined {
    return typeof this.#source === 'string' ? this.#source.charCodeAt(0) : this.#source[this.#start];
  }
}
