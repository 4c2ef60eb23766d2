/** Expressions about `FormData`, blobs, and bodies made of them. */
const form = (body: string): string => `failing(async () => { const f = new FormData(); ${body} })`;
const shown = `const show = async (f) => Promise.all([...f].map(async ([name, value]) => [name, typeof value === "string" ? value : [value.constructor.name, value.name, value.type, hex(await value.arrayBuffer())]]));`;
const sent = (make: string): string =>
  form(
    `${make}; const { headers, body } = await echoed(BASE + "/echo", { method: "POST", body: f }); const boundary = headers["content-type"].split("boundary=")[1]; return [headers["content-type"].startsWith("multipart/form-data; boundary="), headers["content-length"] !== undefined, body.replaceAll(boundary, "B").replace(/\\r\\n$/, "")]`,
  );
const multipart = (
  body: string,
  type = 'multipart/form-data; boundary=XXXXXXXXXXXXXXXXXXXXXXXXXXXX',
): string =>
  `failing(async () => { ${shown} return show(await new Response(${JSON.stringify(body.replaceAll('@', 'XXXXXXXXXXXXXXXXXXXXXXXXXXXX'))}, { headers: { "content-type": ${JSON.stringify(type)} } }).formData()) })`;

export const forms: readonly string[] = [
  form('f.append("a", "1"); f.append("a", "2"); f.set("b", "3"); return [...f]'),
  form('f.append("a", 1); f.append("b", null); f.append("c", undefined); f.append("d", {}); return [...f]'),
  form('f.append("a", "1"); f.append("b", "2"); f.append("a", "3"); f.set("a", "4"); return [...f]'),
  form('f.append("a", "1"); f.append("b", "2"); f.delete("a"); f.delete("zz"); return [...f]'),
  form(
    'f.append("a", "1"); return [f.get("a"), f.get("b"), f.getAll("a"), f.getAll("b"), f.has("a"), f.has("b")]',
  ),
  form('f.append("a", "1"); f.append("b", "2"); return [[...f.keys()], [...f.values()], [...f.entries()]]'),
  form(
    'f.append("a", "1"); const seen = []; f.forEach(function (v, k, o) { seen.push([v, k, o === f, this.x]) }, { x: 1 }); return seen',
  ),
  form('f.append("b", "2"); f.append("a", "1"); return [...f].map(([k]) => k)'),
  form('f.append("a\\ud800", "b\\udc00"); return [...f]'),
  form(
    'f.append("a", new Blob(["x"], { type: "t/x" })); const v = f.get("a"); return [v instanceof File, v.name, v.type, await v.text(), v === f.get("a")]',
  ),
  form(
    'f.append("a", new Blob(["x"]), "n.txt"); const v = f.get("a"); return [v instanceof File, v.name, v.type]',
  ),
  form(
    'f.append("a", new File(["x"], "old", { type: "a/b", lastModified: 5 })); const v = f.get("a"); return [v.name, v.type, v.lastModified]',
  ),
  form(
    'const file = new File(["x"], "old", { lastModified: 5 }); f.append("a", file, "new"); const v = f.get("a"); return [v.name, v === file, v.lastModified]',
  ),
  form('const file = new File(["x"], "old"); f.set("a", file); return f.get("a") === file'),
  form('f.set("a", new Blob(["x"]), "n"); f.set("a", "text"); return [...f]'),
  form('return f.append("a")'),
  form('return f.append()'),
  form('return f.set("a")'),
  form('return f.get()'),
  form('return f.has()'),
  form('return f.delete()'),
  form('return f.append("a", "text", "name")'),
  form('return f.append("a", {}, "name")'),
  form('return f.append(Symbol(), "x")'),
  form('return f.forEach()'),
  form('return FormData.prototype.get.call({}, "a")'),
  form('return new FormData(5)'),
  form('return new FormData(undefined) instanceof FormData'),
  form('const i = f.entries(); return [Object.prototype.toString.call(i), i.next()]'),
  form('f.append("a", "1"); return JSON.stringify(f)'),
  form('f.append("a", "1"); f.append("a", "2"); f.append("b", "3"); return require("util").inspect(f)'),
  form('return Object.prototype.toString.call(f)'),
  form(
    'f.append("a", "1"); f.append("c", "3"); const seen = []; for (const [k] of f) { seen.push(k); if (k === "a") f.append("d", "4") } return seen',
  ),
  // Sent
  sent('f.append("a", "1"); f.append("b", "é 🦊")'),
  sent('f.append("a\\"b\\r\\nc", "x\\ny\\rz\\r\\n")'),
  sent('f.append("file", new Blob(["data"], { type: "x/y" }), "na\\"me.txt")'),
  sent('f.append("file", new File([new Uint8Array([0, 255])], "a.bin"))'),
  sent('f.append("file", new File([], "ümlaut.txt", { type: "text/plain" }))'),
  sent('f.append("a", "1"); f.append("f", new Blob(["x"])); f.append("b", "2")'),
  sent(''),
  // Read back
  `failing(async () => { ${shown} const f = new FormData(); f.append("a", "1"); f.append("b", new File(["é"], "b.txt", { type: "t/x" })); return show(await new Response(f).formData()) })`,
  `failing(async () => { ${shown} const f = new FormData(); f.append("q\\"\\r\\n", "v\\r\\n"); return show(await new Response(f).formData()) })`,
  `failing(async () => { ${shown} return show(await (await fetch(BASE + "/multipart")).formData()) })`,
  'failing(async () => [...await (await fetch(BASE + "/form")).formData()])',
  'failing(async () => { const r = new Response(new FormData()); return [r.headers.get("content-type").replace(/=.*/, ""), typeof await r.text()] })',
  ...['a=1&b=2&a=3', '', 'a', 'a=%C3%A9+b', '=x&y='].map(
    (text) =>
      `failing(async () => [...await new Response(${JSON.stringify(text)}, { headers: { "content-type": "application/x-www-form-urlencoded" } }).formData()])`,
  ),
  'failing(async () => [...await new Response(new URLSearchParams("a=1&b=%20")).formData()])',
  'failing(async () => new Response("x").formData())',
  'failing(async () => new Response("x", { headers: { "content-type": "text/plain" } }).formData())',
  'failing(async () => new Response(null).formData())',
  multipart('--@\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--@--'),
  multipart('--@\r\nCONTENT-DISPOSITION: form-data; name=a\r\nX-Other: y\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nraw\r\n--@--\r\n'),
  multipart(
    '--@\r\nContent-Disposition: form-data; name="f"; filename="x"\r\nContent-Type: image/png; a=b\r\n\r\nraw\r\n--@--\r\n',
  ),
  multipart('--@\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\n\r\n--@--\r\n'),
  multipart('--@\r\nContent-Disposition: form-data; name="a%22%0D%0Ab"\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nContent-Disposition: form-data; name="é"\r\n\r\né\r\n--@--\r\n'),
  multipart('--@--\r\n'),
  multipart(
    '--@\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--@\r\nContent-Disposition: form-data; name="b"\r\n\r\n2\r\n--@--\r\n',
  ),
  multipart('--@\r\nContent-Disposition: form-data\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nContent-Type: text/plain\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nContent-Disposition: attachment; name="a"\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'),
  multipart('no boundary'),
  multipart(''),
  multipart('--@\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--@--\r\n', 'multipart/form-data'),
  multipart('--@\r\nContent-Disposition: form-data; name="a\r\n\r\n1\r\n--@--\r\n'),
  multipart('--@\r\nno colon\r\n\r\n1\r\n--@--\r\n'),
  // Blobs
  'failing(async () => { const b = new Blob(["a", new Uint8Array([98]), new Blob(["c"])], { type: "X/Y" }); return [b.size, b.type, await b.text(), await b.slice(1, 2).text(), b.slice(0, 1, "Z").type] })',
  'failing(async () => { const b = new Blob(["abcdef"]); return [await b.slice(-2).text(), await b.slice(1, -1).text(), await b.slice(4, 2).text(), await b.slice(9).text()] })',
  'failing(async () => hex(await new Blob(["é"]).arrayBuffer()))',
  'failing(async () => textOf(new Blob(["abc"]).stream()))',
  'failing(async () => { const f = new File(["a"], "n", { type: "t/p", lastModified: 7 }); return [f.name, f.lastModified, f.type, f.size, f instanceof Blob, f.slice(0) instanceof File] })',
  'failing(() => new Blob("text"))',
  'failing(() => new Blob(5))',
  'failing(() => new File([]))',
];
