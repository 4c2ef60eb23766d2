// family: constructors
// source: n8n CVE-2025-68613: this of a sloppy function
// expect: value "safe"
const top = this;
function attack(cb) {
  const self = (function () {
    return this;
  })();
  cb(verdict(top, self, top.constructor, self.constructor));
}
