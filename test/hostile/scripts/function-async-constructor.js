// family: Function and eval
// source: n8n CVE-2026-25049 class: AsyncFunction
// expect: value "safe"
async function attack(cb) {
  const Async = Object.getPrototypeOf(async () => {}).constructor;
  cb(
    verdict(
      await Async('return this')(),
      await Async('return typeof process === "undefined" ? 1 : process')(),
    ),
  );
}
