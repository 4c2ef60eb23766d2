import punycode from 'punycode/punycode.js';

export default punycode;
