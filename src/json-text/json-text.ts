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

/** A text that is no longer is copied as a string: to make a Buffer of its own takes longer, and more memory than it has bytes. */
const SHORT_BYTES = 1024;

/** Where in its source a text is, in bytes. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * JSON that was checked and not parsed: it travels as the bytes that came. It may be written into other JSON as it is.
 */
export class JsonText {
  /** Of its UTF-8, in bytes. */
  readonly length: number;
  readonly #source: Buffer | string;
  readonly #start: number;
  #bytes: Buffer | undefined;
  #fields: ReadonlyMap<string, JsonText> | undefined;

  /**
   * @param source one value: valid JSON, in UTF-8 where it is bytes, without white space around it
   * @param depth levels of arrays and objects; 0 for a scalar
   * @param members the members of an object, where the scanner was asked for them
   * @param hasExcess whether the object has more members than the scanner collects
   * @param place where the value is among the bytes of the source; absent: they are all of it
   */
  constructor(
    source: Buffer | string,
    readonly depth: number,
    private readonly members: readonly Member[] = [],
    readonly hasExcess = false,
    place?: Place,
  ) {
    this.#source = source;
    this.#start = place?.start ?? 0;
    this.length = (place?.end ?? Buffer.byteLength(source)) - this.#start;
  }

  get bytes(): Buffer {
    return (this.#bytes ??= this.#cut());
  }

  /** The text as it is at hand, to be written somewhere. */
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

  /** Makes the value. Takes as long as the text is large: check `length` first. */
  parse(): unknown {
    return JSON.parse(this.toString());
  }

  /** Lets `JSON.stringify` write the value. */
  toJSON(): unknown {
    return this.parse();
  }

  toString(): string {
    if (typeof this.#source === 'string') return this.#source;
    return this.#source.toString('utf8', this.#start, this.#start + this.length);
  }

  /** The same, in memory that is at most twice as large: no short value keeps the long text that it came in. */
  compact(): JsonText {
    if (typeof this.#source === 'string') return this;
    return 2 * this.length < this.#source.buffer.byteLength ? this.detached() : this;
  }

  /** A copy that keeps nothing but its own text in memory. */
  detached(): JsonText {
    if (this.length <= SHORT_BYTES) return new JsonText(this.toString(), this.depth);
    // Not `Buffer.from`, which may take a part of a pool.
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
