import { define } from '../kit/define.js';
import { part } from '../kit/parts.js';
import type { Body } from './body.js';
import { Content } from './content.js';
import type { HeaderList } from './header-list.js';

/** What the methods need of a request or a response. */
export interface BodyOwner {
  readonly body: Body | null;
  readonly list: HeaderList;
}

const EMPTY = Content.ofLatin1('');

/** The error for a body that was read, or is being read. */
export function unusable(): TypeError {
  return new TypeError('Body is unusable: Body has already been read');
}

function consume<T>(
  { body }: BodyOwner,
  resolve: (value: T) => void,
  reject: (reason: unknown) => void,
  convert: (content: Content) => T,
): void {
  if (body?.isUnusable === true) return reject(unusable());
  const done = (content: Content): void => {
    try {
      resolve(convert(content));
    } catch (error) {
      reject(error);
    }
  };
  if (body === null) done(EMPTY);
  else body.readAll(done, reject);
}

/**
 * Gives a class the standard's body mixin: https://fetch.spec.whatwg.org/#body-mixin.
 * @param ownerOf throws for an object of another class
 */
export function addBodyMethods(prototype: object, ownerOf: (object: object) => BodyOwner): void {
  const reading =
    <T>(convert: (content: Content, owner: BodyOwner) => T) =>
    (object: object): Promise<T> =>
      new Promise((resolve, reject) => {
        const owner = ownerOf(object);
        consume(owner, resolve, reject, (content) => convert(content, owner));
      });
  const readText = reading((content) => content.text());
  const readJson = reading((content) => JSON.parse(content.text()) as unknown);
  const readBuffer = reading((content) => content.bytes().buffer);
  const readBytes = reading((content) => content.bytes());
  const readBlob = reading((content, { list }) => {
    const type = list.get('content-type');
    const { Blob } = part('blob');
    return new Blob([content.bytes()], {
      type: type === null ? '' : part('fetch-extras').serializedMimeType(type),
    });
  });
  const readForm = reading((content, { list }) =>
    part('fetch-extras').parseForm(content, list.get('content-type')),
  );
  const methods = {
    text(this: object) {
      return readText(this);
    },
    json(this: object) {
      return readJson(this);
    },
    arrayBuffer(this: object) {
      return readBuffer(this);
    },
    bytes(this: object) {
      return readBytes(this);
    },
    blob(this: object) {
      return readBlob(this);
    },
    formData(this: object) {
      return readForm(this);
    },
  };
  for (const [name, method] of Object.entries(methods)) define(prototype, name, method);
}
