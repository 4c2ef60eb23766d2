// family: structured clone
// source: own idea: Node's web globals are objects of the host's realm
// expect: value "safe"
function attack(cb) {
  const names = [
    'fetch',
    'Event',
    'EventTarget',
    'AbortController',
    'Blob',
    'MessageChannel',
    'WebSocket',
    'Response',
    'navigator',
    'crypto',
    'localStorage',
    'CompressionStream',
    'ReadableStream',
    'DOMException',
    'Worker',
  ];
  cb(verdict(...names.map((name) => caught(() => globalThis[name]))));
}
