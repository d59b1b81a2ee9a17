// A short mark of a text: the CRC-32 of its UTF-8 bytes, as `zlib.crc32`. It tells damage on the way, never who wrote.

const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let reste = octet;
  for (let bit = 0; bit < 8; bit += 1) reste = reste & 1 ? (reste >>> 1) ^ 0xedb88320 : reste >>> 1;
  return reste;
});

/** Eight hexadecimal digits. @param {string} texte */
export function empreinte(texte) {
  let reste = 0xffffffff;
  for (const octet of new TextEncoder().encode(texte)) reste = (reste >>> 8) ^ (TABLE[(reste ^ octet) & 0xff] ?? 0);
  return (~reste >>> 0).toString(16).padStart(8, "0");
}
