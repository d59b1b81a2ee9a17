// What a bundle holds. The build compresses them: it is the whole site once more, and hosts count what is stored.
// Classic script, put by the build before the worker.

const GZIP = 0x1f;
const EN_TETE = 10; // bytes before the data: ours have no name nor comment
const BASES = { longueurs: [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258],
  distances: [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
    16385, 24577] };
const ORDRE = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The answer with its content as it was before the build compressed it. @param {Response} reponse */
async function decompresser(reponse) {
  const octets = new Uint8Array(await reponse.arrayBuffer());
  // A host may say that it is compressed: the browser has then done it.
  if (octets[0] !== GZIP) return new Response(octets);
  if (!("DecompressionStream" in self)) return new Response(gonfler(octets));
  return new Response(new Blob([octets]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/**
 * The same for the browsers that cannot (Safari before 16.4, Firefox before 113): RFC 1951, one bit after the other.
 * @param {Uint8Array} octets @returns {Uint8Array<ArrayBuffer>}
 */
function gonfler(octets) {
  const sortie = new Uint8Array(new DataView(octets.buffer, octets.byteOffset).getUint32(octets.length - 4, true));
  let [ou, ecrits, reserve, nombre] = [EN_TETE, 0, 0, 0];
  /** @param {number} combien */
  const bits = (combien) => {
    for (; nombre < combien; nombre += 8) {
      if (ou >= octets.length) throw new Error("paquet coupé");
      reserve |= (octets[ou++] ?? 0) << nombre;
    }
    const lus = reserve & ((1 << combien) - 1);
    reserve >>>= combien;
    nombre -= combien;
    return lus;
  };
  /** @param {Codes} codes */
  const symbole = ({ comptes, symboles }) => {
    for (let [code, premier, rang, longueur] = [0, 0, 0, 1]; longueur < comptes.length; longueur++) {
      const compte = comptes[longueur] ?? 0;
      code |= bits(1);
      if (code < premier + compte) return symboles[rang + code - premier] ?? 0;
      rang += compte;
      premier = (premier + compte) << 1;
      code <<= 1;
    }
    throw new Error("paquet abîmé");
  };
  /** @param {Codes} lettres @param {Codes} distances */
  const suite = (lettres, distances) => {
    for (let lu = symbole(lettres); lu !== 256; lu = symbole(lettres)) {
      if (lu < 256) sortie[ecrits++] = lu;
      else {
        const rang = lu - 257;
        const longueur = (BASES.longueurs[rang] ?? 0) + bits(rang < 8 || rang === 28 ? 0 : (rang >> 2) - 1);
        const loin = symbole(distances);
        const distance = (BASES.distances[loin] ?? 0) + bits(loin < 4 ? 0 : (loin >> 1) - 1);
        for (const fin = ecrits + longueur; ecrits < fin; ecrits++) sortie[ecrits] = sortie[ecrits - distance] ?? 0;
      }
    }
  };
  for (let derniere = 0; !derniere; ) {
    derniere = bits(1);
    const sorte = bits(2);
    if (sorte === 0) {
      [reserve, nombre] = [0, 0];
      const longueur = (octets[ou] ?? 0) | ((octets[ou + 1] ?? 0) << 8);
      sortie.set(octets.subarray(ou + 4, ou + 4 + longueur), ecrits);
      [ou, ecrits] = [ou + 4 + longueur, ecrits + longueur];
    } else suite(...(sorte === 1 ? codesFixes() : codesEcrits(bits, symbole)));
  }
  return sortie;
}

/** @typedef {{ comptes: number[], symboles: number[] }} Codes  how many codes of each length, then what they say in order */

/** @param {number[]} longueurs @returns {Codes} */
function codes(longueurs) {
  const symboles = [...longueurs.keys()].filter((rang) => longueurs[rang]);
  symboles.sort((a, b) => (longueurs[a] ?? 0) - (longueurs[b] ?? 0) || a - b);
  const comptes = Array.from({ length: 16 }, (_, longueur) => (longueur ? longueurs.filter((l) => l === longueur).length : 0));
  return { comptes, symboles };
}

/** @returns {[Codes, Codes]} */
function codesFixes() {
  const lettres = Array.from({ length: 288 }, (_, rang) => (rang < 144 ? 8 : rang < 256 ? 9 : rang < 280 ? 7 : 8));
  return [codes(lettres), codes(new Array(30).fill(5))];
}

/** @param {(combien: number) => number} bits @param {(codes: Codes) => number} symbole @returns {[Codes, Codes]} */
function codesEcrits(bits, symbole) {
  const [lettres, distances, combien] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
  const brutes = new Array(19).fill(0);
  for (const rang of ORDRE.slice(0, combien)) brutes[rang] = bits(3);
  const ecrites = codes(brutes);
  /** @type {number[]} */
  const longueurs = [];
  while (longueurs.length < lettres + distances) {
    const lu = symbole(ecrites);
    if (lu < 16) longueurs.push(lu);
    else {
      const [valeur, fois] = lu === 16 ? [longueurs.at(-1) ?? 0, 3 + bits(2)] : [0, lu === 17 ? 3 + bits(3) : 11 + bits(7)];
      for (let n = 0; n < fois; n++) longueurs.push(valeur);
    }
  }
  return [codes(longueurs.slice(0, lettres)), codes(longueurs.slice(lettres))];
}
