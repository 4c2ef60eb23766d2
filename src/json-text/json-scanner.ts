import { JsonText, type Member, type ByteRange } from './json-text.js';

/** Maximum number of collected members of one object. */
export const MAX_MEMBERS = 64;
/** Members with longer names are validated but not collected; in bytes of the name's JSON. */
const MAX_KEY_BYTES = 256;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

// What may come next, in the grammar of RFC 8259.
const VALUE = 0;
const FIRST_ELEMENT = 1;
const FIRST_KEY = 2;
const KEY = 3;
const AFTER_KEY = 4;
const AFTER_VALUE = 5;
const INVALID = 6;
const STRING = 7;
const ESCAPE = 8;
const HEX = 9;
const LITERAL = 10;
const AFTER_MINUS = 11;
const AFTER_ZERO = 12;
const INTEGER = 13;
const AFTER_DOT = 14;
const FRACTION = 15;
const AFTER_E = 16;
const AFTER_E_SIGN = 17;
const EXPONENT = 18;

/** Bytes that need no escape in a string. They are known to be valid UTF-8. */
const IS_PLAIN = new Uint8Array(256).fill(1);
IS_PLAIN.fill(0, 0, SPACE);
IS_PLAIN[QUOTE] = 0;
IS_PLAIN[BACKSLASH] = 0;
const IS_ESCAPE = tableOf('"\\/bfnrt');
const IS_HEX = tableOf('0123456789abcdefABCDEF');
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');
const NOTHING = Buffer.alloc(0);
/** Initial number of levels; deeper texts are rare. */
const LEVELS = 64;
/** Shared by texts that are scanned at once, never two at a time. */
const LEVELS_AT_ONCE = new Uint8Array(LEVELS);

/** The members of one object: those that were read, and the range of the current value. */
class Members {
  readonly list: Member[] = [];
  hasExcess = false;
  key: string | undefined;
  keyStart = 0;
  start = 0;
  /** The maximum depth so far, without the current value. */
  deepestBefore = 0;
}

/**
 * Validates JSON and finds the members of its object without creating values. It reads in slices of any size, in linear
 * time.
 */
export class JsonScanner {
  #state = VALUE;
  #offset = 0;
  /** Which of the open levels are objects. */
  #isObject: Uint8Array;
  #level = 0;
  /** The maximum depth of the current value, at the first two levels; of the whole text in the end. */
  #deepest = 0;
  /** For a literal: its bytes, and how many were read. For an escape: the number of missing digits. */
  #word = NOTHING;
  #count = 0;
  #isKey = false;
  readonly #outer = new Members();
  #inner: Members | undefined;

  /**
   * @param bytes the whole text, in valid UTF-8
   * @param opened name of the member whose own members are collected, too, if it is an object
   * @param levels initial buffer for open levels; replaced if there are more
   */
  constructor(
    private readonly bytes: Buffer,
    private readonly opened?: string,
    levels = new Uint8Array(LEVELS),
  ) {
    this.#isObject = levels;
  }

  /**
   * Reads the next slice.
   * @returns true once the scan is finished, also if the text is not valid JSON
   */
  advance(maxBytes: number): boolean {
    const end = Math.min(this.bytes.length, this.#offset + maxBytes);
    this.#offset = this.#read(this.#offset, end);
    return this.#state === INVALID || this.#offset === this.bytes.length;
  }

  /** The result after the scan; `undefined` if the text is not valid JSON. */
  get text(): JsonText | undefined {
    const isWhole = this.#level === 0 && (this.#state === AFTER_VALUE || isNumberEnd(this.#state));
    if (!isWhole || this.#offset < this.bytes.length) return undefined;
    const { list, hasExcess } = this.#outer;
    return new JsonText(this.bytes, this.#deepest, list, hasExcess, rangeIn(this.bytes));
  }

  /**
   * One loop over local variables: it runs for each byte that clients send, and would take twice as long with fields. Only
   * the first two levels, where members are collected, need calls.
   */
  #read(from: number, end: number): number {
    const { bytes } = this;
    let isObject = this.#isObject;
    let state = this.#state;
    let level = this.#level;
    let i = from;
    while (i < end) {
      const byte = bytes[i] ?? 0;
      if (state >= AFTER_MINUS) {
        state = isDigit(byte) && (state === INTEGER || state === FRACTION) ? state : afterDigit(state, byte);
        if (state !== AFTER_VALUE) i += 1;
        else if (level <= 2) this.#endValue(level, i);
        continue;
      }
      if (state === STRING) {
        while (i < end && IS_PLAIN[bytes[i] ?? 0] === 1) i += 1;
        if (i === end) break;
        const special = bytes[i];
        i += 1;
        if (special === BACKSLASH) state = ESCAPE;
        else if (special !== QUOTE) state = INVALID;
        else if (this.#isKey) {
          state = AFTER_KEY;
          if (level <= 2) this.#endKey(level, i);
        } else {
          state = AFTER_VALUE;
          if (level <= 2) this.#endValue(level, i);
        }
        continue;
      }
      if (state < STRING && isSpace(byte)) {
        i += 1;
        continue;
      }
      i += 1;
      switch (state) {
        case VALUE:
        case FIRST_ELEMENT:
          if (byte === CLOSE_ARRAY && state === FIRST_ELEMENT) {
            level -= 1;
            state = AFTER_VALUE;
            if (level <= 2) this.#endValue(level, i);
            break;
          }
          if (level <= 2) this.#beginValue(level, byte, i - 1);
          state = this.#stateIn(byte);
          if (state !== FIRST_KEY && state !== FIRST_ELEMENT) break;
          level += 1;
          if (level === isObject.length) isObject = this.#isObject = grown(isObject);
          isObject[level] = state === FIRST_KEY ? 1 : 0;
          if (level > this.#deepest) this.#deepest = level;
          break;
        case FIRST_KEY:
        case KEY:
          if (byte === QUOTE) {
            this.#isKey = true;
            if (level <= 2) this.#beginKey(level, i - 1);
            state = STRING;
          } else if (byte === CLOSE_OBJECT && state === FIRST_KEY) {
            level -= 1;
            state = AFTER_VALUE;
            if (level <= 2) this.#endValue(level, i);
          } else state = INVALID;
          break;
        case AFTER_KEY:
          state = byte === COLON ? VALUE : INVALID;
          break;
        case AFTER_VALUE:
          if (level === 0) state = INVALID;
          else if (byte === COMMA) state = isObject[level] === 1 ? KEY : VALUE;
          else if (byte === (isObject[level] === 1 ? CLOSE_OBJECT : CLOSE_ARRAY)) {
            level -= 1;
            if (level <= 2) this.#endValue(level, i);
          } else state = INVALID;
          break;
        case ESCAPE:
          if (byte === LOWER_U) {
            state = HEX;
            this.#count = 4;
          } else state = IS_ESCAPE[byte] === 1 ? STRING : INVALID;
          break;
        case HEX:
          this.#count -= 1;
          if (IS_HEX[byte] !== 1) state = INVALID;
          else if (this.#count === 0) state = STRING;
          break;
        case LITERAL:
          if (byte !== this.#word[this.#count]) state = INVALID;
          else if ((this.#count += 1) === this.#word.length) {
            state = AFTER_VALUE;
            if (level <= 2) this.#endValue(level, i);
          }
          break;
        default:
          end = i;
      }
    }
    this.#state = state;
    this.#level = level;
    return i;
  }

  /** The state after the first byte of a value. */
  #stateIn(byte: number): number {
    if (byte === QUOTE) {
      this.#isKey = false;
      return STRING;
    }
    if (byte === OPEN_OBJECT) return FIRST_KEY;
    if (byte === OPEN_ARRAY) return FIRST_ELEMENT;
    if (byte === MINUS) return AFTER_MINUS;
    if (byte === ZERO) return AFTER_ZERO;
    if (isDigit(byte)) return INTEGER;
    const word = byte === LOWER_T ? TRUE : byte === LOWER_F ? FALSE : byte === LOWER_N ? NULL : NOTHING;
    this.#word = word;
    this.#count = 1;
    return word === NOTHING ? INVALID : LITERAL;
  }

  #beginValue(level: number, byte: number, at: number): void {
    const members = this.#collecting(level);
    if (members === undefined) return;
    members.start = at;
    members.deepestBefore = this.#deepest;
    this.#deepest = level;
    if (level === 1)
      this.#inner = byte === OPEN_OBJECT && this.#isOpened(members.key) ? new Members() : undefined;
  }

  #endValue(level: number, after: number): void {
    const members = this.#collecting(level);
    if (members === undefined) return;
    const { key, start, deepestBefore, list } = members;
    const depth = this.#deepest - level;
    if (deepestBefore > this.#deepest) this.#deepest = deepestBefore;
    members.key = undefined;
    const inner = level === 1 ? this.#inner : undefined;
    if (level === 1) this.#inner = undefined;
    if (key === undefined) return;
    if (list.length === MAX_MEMBERS) members.hasExcess = true;
    else
      list.push({
        key,
        value: new JsonText(this.bytes, depth, inner?.list, inner?.hasExcess, { start, end: after }),
      });
  }

  #beginKey(level: number, at: number): void {
    const members = this.#collecting(level);
    if (members !== undefined) members.keyStart = at;
  }

  #endKey(level: number, after: number): void {
    const members = this.#collecting(level);
    if (members === undefined || members.hasExcess) return;
    const { keyStart } = members;
    if (after - keyStart <= MAX_KEY_BYTES) members.key = this.bytes.toString('utf8', keyStart, after);
  }

  /** The object whose members are collected, if it is the current object. */
  #collecting(level: number): Members | undefined {
    if (level === 1) return this.#isObject[1] === 1 ? this.#outer : undefined;
    return level === 2 ? this.#inner : undefined;
  }

  #isOpened(key: string | undefined): boolean {
    return this.opened !== undefined && key !== undefined && JSON.parse(key) === this.opened;
  }
}

/**
 * Scans a whole text at once.
 * @param bytes valid UTF-8, short enough not to block the event loop
 * @param opened as for {@link JsonScanner}
 * @returns `undefined` if it is not valid JSON
 */
export function scanJson(bytes: Buffer, opened?: string): JsonText | undefined {
  const scanner = new JsonScanner(bytes, opened, LEVELS_AT_ONCE);
  scanner.advance(bytes.length);
  return scanner.text;
}

/** The range of the value, without surrounding white space. */
function rangeIn(bytes: Buffer): ByteRange {
  let [start, end] = [0, bytes.length];
  while (isSpace(bytes[start] ?? 0)) start += 1;
  while (isSpace(bytes[end - 1] ?? 0)) end -= 1;
  return { start, end };
}

function grown(levels: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * levels.length);
  larger.set(levels);
  return larger;
}

/** The state after the next byte of a number; `AFTER_VALUE` if the byte is not part of it. */
function afterDigit(state: number, byte: number): number {
  if (isDigit(byte)) {
    if (state === AFTER_MINUS) return byte === ZERO ? AFTER_ZERO : INTEGER;
    if (state === AFTER_ZERO) return INVALID;
    if (state === AFTER_DOT) return FRACTION;
    return state === AFTER_E || state === AFTER_E_SIGN ? EXPONENT : state;
  }
  if (byte === DOT && (state === AFTER_ZERO || state === INTEGER)) return AFTER_DOT;
  if (byte === LOWER_E || byte === UPPER_E)
    return state === AFTER_ZERO || state === INTEGER || state === FRACTION ? AFTER_E : INVALID;
  if ((byte === PLUS || byte === MINUS) && state === AFTER_E) return AFTER_E_SIGN;
  return isNumberEnd(state) ? AFTER_VALUE : INVALID;
}

function isNumberEnd(state: number): boolean {
  return state === AFTER_ZERO || state === INTEGER || state === FRACTION || state === EXPONENT;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === TAB;
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
