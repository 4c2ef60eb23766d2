/* oxlint-disable no-unused-vars -- in scope of every case, in Node and in the service */
/** The name of what is thrown, and its code: messages differ between Nodes. */
const failing = async (run) => {
  try {
    return ['no error', await run()];
  } catch (error) {
    return error instanceof Error
      ? [error.name, error instanceof TypeError, error.code ?? null]
      : ['thrown', error];
  }
};
/** The same with the message. */
const told = async (run) => {
  try {
    return ['no error', await run()];
  } catch (error) {
    return [error.name, error.message];
  }
};
const hex = (bytes) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => new TextEncoder().encode(text);
const echoed = async (input, init) => (await fetch(input, init)).json();
/** Status and body of what a redirect leads to. */
const led = async (input, init) => {
  const response = await fetch(input, init);
  return [
    response.status,
    response.redirected,
    response.url.replace(/:\d+/, ''),
    response.type,
    await response.text(),
  ];
};
const streamOf = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? utf8(chunk) : chunk);
      controller.close();
    },
  });
const read = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
};
const textOf = async (stream) => {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of stream) text += decoder.decode(part, { stream: true });
  return text;
};
const descriptor = (object, key) => {
  const found = Object.getOwnPropertyDescriptor(object, key);
  return (
    found && [
      typeof found.value,
      typeof found.get,
      typeof found.set,
      found.writable,
      found.enumerable,
      found.configurable,
    ]
  );
};
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const once = (target, event) =>
  new Promise((resolve) => target.addEventListener(event, resolve, { once: true }));
