/** Word for word from the original's README. */
export const README_CALLER = `(function(callee, cb) {
  var github = new require("github")();
  github.authenticate({
    type: "token",
    token: secrets.token
  });
  callee(github, event, cb);
})`;
