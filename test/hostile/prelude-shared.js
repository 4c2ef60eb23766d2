/* oxlint-disable no-unused-vars, typescript/unbound-method, unicorn/consistent-function-scoping -- the attack that follows uses it */
/** What the action throws, or gives. */
const caught = (action) => {
  try {
    return action();
  } catch (error) {
    return error;
  }
};
/** Calls the action at many depths of the stack, the fullest first. */
const deep = (action, levels = 150) => {
  let unwound = 0;
  const dive = () => {
    try {
      dive();
    } catch {}
    if (++unwound <= levels) action();
  };
  dive();
};
