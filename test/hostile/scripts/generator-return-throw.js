// family: generators
// source: vm2 CVE-2023 class: resumed while the host handles its error
// expect: error 1000 safe
const loot = [];
function* body() {
  try {
    yield 1;
  } finally {
    loot.push(new.target);
    throw { name: verdict(...loot), message: '' };
  }
}
function attack() {
  const it = body();
  it.next();
  it.return(5);
}
