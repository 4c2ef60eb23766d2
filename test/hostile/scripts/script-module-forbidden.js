// family: ES modules
// source: own idea: import declarations of what the allowlist keeps back
// expect: error 1000 Error
// modules: good
import secret from 'forbidden';
export function attack(cb) {
  cb(secret);
}
