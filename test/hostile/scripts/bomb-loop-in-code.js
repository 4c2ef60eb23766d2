// family: resource bombs
// source: own idea: before anything is called
// expect: error 1002
// timeout: 400
for (;;);
