// What is asked of the network is asked once.

/**
 * The same promise for the same key; a failure is forgotten, so that it may be tried again.
 * @template K, V @param {(cle: K) => Promise<V>} faire @returns {(cle: K) => Promise<V>}
 */
export function uneFois(faire) {
  /** @type {Map<K, Promise<V>>} */
  const faits = new Map();
  return (cle) => {
    const connu = faits.get(cle) ?? faire(cle);
    faits.set(cle, connu);
    connu.catch(() => faits.delete(cle));
    return connu;
  };
}
