// family: flooding
// source: own idea: headers and URLs of megabytes
// egress: on
// expect: value ["ERR_EGRESS_INVALID_REQUEST","ERR_EGRESS_INVALID_REQUEST","ERR_EGRESS_INVALID_REQUEST"]
async function attack() {
  const codeOf = (url, headers) =>
    fetch(url, { headers }).then(
      () => 'THROUGH',
      (error) => error.cause.code,
    );
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x-${i}`, 'y']));
  return [
    await codeOf('http://here.example/', { x: 'y'.repeat(1_000_000) }),
    await codeOf('http://here.example/', many),
    await codeOf(`http://here.example/${'x'.repeat(1_000_000)}`, {}),
  ];
}
