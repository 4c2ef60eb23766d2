// family: flooding
// source: own idea: many more requests at once than the hundred that may be sent
// egress: on
// expect: value [100,"ERR_EGRESS_LIMIT"] or error 1002
async function attack(cb) {
  const came = await Promise.allSettled(
    Array.from({ length: 1000 }, () => fetch('http://here.example/').then((r) => r.text())),
  );
  const failed = came.filter(({ status }) => status === 'rejected');
  cb([came.length - failed.length, failed[0].reason.cause.code]);
}
