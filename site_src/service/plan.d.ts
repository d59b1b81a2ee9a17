/** What the build writes before the worker (scripts/carte/publish/horsligne.py). Paths are relative to the site's root. */
interface Departement {
  nom: string;
  /** Bytes to download, compressed. */
  octets: number;
  /** Kept as soon as its places are searched; otherwise, when one of its pages is opened. */
  automatique: boolean;
  /** Its pages, in one file named after its content. */
  paquet: string;
  /** Its data: places, outlines. */
  adresses: string[];
}

declare const PLAN: {
  version: string;
  coquille: string[];
  /** The map's page and what it reads first, where the shell is without them: kept once it was opened. */
  carte: string[];
  departements: Record<string, Departement>;
};
