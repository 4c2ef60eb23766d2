// family: stack overflow
// source: own idea: more arguments than the stack holds, at the boundary
// expect: value "safe" or error 1002
function attack(cb) {
  const many = new Array(200000).fill(1);
  cb(
    verdict(
      caught(() => console.log(...many)),
      caught(() => setTimeout(() => {}, 1, ...many)),
      caught(() => require(...many)),
      caught(() => console.log.apply(null, { length: 1e6 })),
    ),
  );
}
