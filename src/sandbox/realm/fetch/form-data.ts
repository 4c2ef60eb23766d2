import { defineHidden, defineReadOnly, makeMembersEnumerable } from '../kit/define.js';
import { type FormEntry, part } from '../kit/parts.js';
import { isObject } from '../kit/conversions.js';
import { illegalInvocation, needArguments, scalarText } from './convert.js';
import { iterable } from './pair-iterator.js';

type Inspect = (value: unknown, options: object) => string;

export let entriesOf: (form: object) => readonly FormEntry[];
export let formOf: (entries: readonly FormEntry[]) => FormData;

const { Blob, File } = part('blob');

/** @throws TypeError for an object of another class, or too few arguments */
function check(form: object, given: number, needed: number, method: string): void {
  entriesOf(form);
  needArguments(given, needed, `FormData.${method}`);
}

/** The standard's FormData: https://xhr.spec.whatwg.org/#interface-formdata. */
export class FormData {
  #entries: FormEntry[] = [];

  constructor(form?: unknown) {
    if (form !== undefined)
      throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }

  static {
    entriesOf = (form) => {
      if (!isObject(form) || !(#entries in form)) throw illegalInvocation();
      return form.#entries;
    };
    formOf = (entries) => {
      const form = new FormData();
      form.#entries = [...entries];
      return form;
    };
    iterable(FormData, (object) => entriesOf(object));
  }

  append(name: unknown, value: unknown, ...rest: [filename?: unknown]): void {
    check(this, arguments.length, 2, 'append');
    this.#entries.push(entryOf([name, value, ...rest], 'append'));
  }

  delete(name: unknown): void {
    check(this, arguments.length, 1, 'delete');
    const key = scalarText(name);
    this.#entries = this.#entries.filter(([known]) => known !== key);
  }

  get(name: unknown): FormEntry[1] | null {
    check(this, arguments.length, 1, 'get');
    const key = scalarText(name);
    return this.#entries.find(([known]) => known === key)?.[1] ?? null;
  }

  getAll(name: unknown): FormEntry[1][] {
    check(this, arguments.length, 1, 'getAll');
    const key = scalarText(name);
    return this.#entries.filter(([known]) => known === key).map(([, value]) => value);
  }

  has(name: unknown): boolean {
    check(this, arguments.length, 1, 'has');
    const key = scalarText(name);
    return this.#entries.some(([known]) => known === key);
  }

  set(name: unknown, value: unknown, ...rest: [filename?: unknown]): void {
    check(this, arguments.length, 2, 'set');
    const entry = entryOf([name, value, ...rest], 'set');
    const first = this.#entries.findIndex(([known]) => known === entry[0]);
    if (first === -1) this.#entries.push(entry);
    else
      this.#entries = this.#entries
        .map((known, index) => (index === first ? entry : known))
        .filter(([known], index) => index <= first || known !== entry[0]);
  }

  static {
    makeMembersEnumerable(this);
    defineReadOnly(this.prototype, Symbol.toStringTag, 'FormData');
    defineHidden(
      this.prototype,
      Symbol.for('nodejs.util.inspect.custom'),
      function (this: FormData, depth: number, options: { depth?: number }, inspect: Inspect): string {
        options.depth ??= depth;
        const shown = Object.create(null) as Record<string, unknown>;
        for (const [name, value] of this.#entries) {
          const known = shown[name];
          if (known === undefined) shown[name] = value;
          else shown[name] = [known, value].flat();
        }
        const text = inspect(shown, options);
        return `FormData ${text.slice(text.indexOf(']') + 2)}`;
      },
    );
  }
}

/** The standard's "create an entry". @throws TypeError for a file name without a file */
function entryOf(
  args: readonly [name: unknown, value: unknown, filename?: unknown],
  method: string,
): FormEntry {
  const [name, value, filename] = args;
  const key = scalarText(name);
  const isBlob = isObject(value) && value instanceof Blob;
  if (!isBlob) {
    if (args.length === 3)
      throw new TypeError(
        `FormData.${method}: Expected value ("${String(value)}") to be an instance of Blob.`,
      );
    return [key, scalarText(value)];
  }
  const isFile = value instanceof File;
  if (isFile && filename === undefined) return [key, value as unknown as FormEntry[1]];
  const { type, lastModified } = value as { readonly type?: unknown; readonly lastModified?: unknown };
  const newName = filename === undefined ? 'blob' : scalarText(filename);
  return [key, new File([value], newName, { type, lastModified }) as FormEntry[1]];
}
