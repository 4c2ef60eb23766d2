// family: Intl
// source: own idea: what the zone and locale tell
// expect: value "safe"
function attack(cb) {
  const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  cb(
    typeof timeZone === 'string' && typeof locale === 'string'
      ? verdict(Intl.DateTimeFormat().resolvedOptions())
      : 'odd',
  );
}
