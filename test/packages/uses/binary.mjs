/** Small real uses, by package; see `data.mjs`. */
export const binaryUses = {
  uuid: (require) => {
    const { v4, v5, validate } = require('uuid');
    return [validate(v4()), v5('a', v5.DNS)];
  },
  nanoid: (require) => [require('nanoid').nanoid().length, require('nanoid').customAlphabet('a', 3)()],
  ulid: (require) => require('ulid').ulid(0).length,
  jsonwebtoken: (require) => {
    const jwt = require('jsonwebtoken');
    const token = jwt.sign({ a: 1, iat: 1 }, 'secret');
    return [token, jwt.verify(token, 'secret')];
  },
  jose: async (require) => {
    const { SignJWT, jwtVerify } = require('jose');
    const key = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
    const token = await new SignJWT({ a: 1 }).setProtectedHeader({ alg: 'HS256' }).sign(key);
    return [token, (await jwtVerify(token, key)).payload];
  },
  'crypto-js': (require) => {
    const CryptoJS = require('crypto-js');
    return [
      CryptoJS.SHA256('a').toString(),
      CryptoJS.AES.decrypt(CryptoJS.AES.encrypt('x', 'k').toString(), 'k').toString(CryptoJS.enc.Utf8),
    ];
  },
  'node-forge': (require) => {
    const forge = require('node-forge');
    return [forge.md.sha1.create().update('a').digest().toHex(), forge.util.encode64('abc')];
  },
  'hash.js': (require) => require('hash.js').sha512().update('a').digest('hex'),
  bcryptjs: (require) => {
    const bcrypt = require('bcryptjs');
    return [
      bcrypt.compareSync('a', bcrypt.hashSync('a', 4)),
      bcrypt.hashSync('a', '$2b$04$abcdefghijklmnopqrstuu'),
    ];
  },
  tweetnacl: (require) => {
    const nacl = require('tweetnacl');
    const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(32));
    return [
      [...publicKey],
      nacl.sign.detached.verify(
        new Uint8Array(3),
        nacl.sign.detached(new Uint8Array(3), secretKey),
        publicKey,
      ),
    ];
  },
  elliptic: (require) => {
    const key = new (require('elliptic').ec)('secp256k1').keyFromPrivate('1'.repeat(64), 'hex');
    return [key.getPublic('hex'), key.verify('ab', key.sign('ab'))];
  },
  otplib: async (require) => {
    const otplib = require('otplib');
    return otplib.generate({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', epoch: 59 });
  },
  xlsx: (require) => {
    const XLSX = require('xlsx');
    const book = XLSX.utils.book_new();
    XLSX.utils.book_append_sheet(book, XLSX.utils.json_to_sheet([{ a: 1, b: 'x' }]), 'S');
    const read = XLSX.read(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }));
    return XLSX.utils.sheet_to_json(read.Sheets.S);
  },
  exceljs: async (require) => {
    const { Workbook } = require('exceljs');
    const book = new Workbook();
    book.addWorksheet('S').addRow([1, 'x']);
    const read = new Workbook();
    await read.xlsx.load(await book.xlsx.writeBuffer());
    return read.getWorksheet('S').getRow(1).values;
  },
  'pdf-lib': async (require) => {
    const { PDFDocument } = require('pdf-lib');
    const document = await PDFDocument.create();
    document.addPage([200, 100]).drawText('Hi');
    const read = await PDFDocument.load(await document.save());
    return [read.getPageCount(), read.getPage(0).getWidth()];
  },
  pdfkit: async (require) => {
    const PDFDocument = require('pdfkit');
    const document = new PDFDocument({ compress: false, info: { CreationDate: new Date(0) } });
    const chunks = [];
    document.on('data', (chunk) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.text('Hi').end();
    await ended;
    return Buffer.concat(chunks).subarray(0, 8).toString('latin1');
  },
  qrcode: async (require) => require('qrcode').toString('hello', { type: 'svg' }),
  jszip: async (require) => {
    const JSZip = require('jszip');
    const bytes = await new JSZip()
      .file('a.txt', 'hello')
      .generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
    return (await JSZip.loadAsync(bytes)).file('a.txt').async('string');
  },
  'adm-zip': (require) => {
    const AdmZip = require('adm-zip');
    const zip = new AdmZip();
    zip.addFile('a.txt', Buffer.from('hello '.repeat(9)));
    return new AdmZip(zip.toBuffer()).readAsText('a.txt');
  },
  pako: (require) => {
    const pako = require('pako');
    return [
      [...pako.deflate('aaaaaaaaaa')],
      pako.inflate(pako.deflate('xyz'), { toText: true, to: 'string' }),
    ];
  },
};
