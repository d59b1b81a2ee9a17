#!/usr/bin/env bash
# Try a fresh clone on a Debian that has nothing: `make site`, then `make test`, as often as asked, with chosen fonts.
#
#   scripts/essai_debian_nu.sh [options]            (as root; needs debootstrap, unshare, git and a Node.js 20)
#     --fois N           rounds for each choice of fonts (1)
#     --polices "A B"    among aucune, dejavu, liberation ("aucune dejavu liberation")
#     --etapes "A B"     make targets of a round ("site test")
#     --outils CHOIX     site: only what the site needs; tests: what the tests need too (site)
#     --partage DOSSIER  real data, seen read-only as ../shared
#     --suite NOM        Debian's release (bookworm)
#     --node DOSSIER     an installation of Node.js: bin/node and lib/node_modules/npm (that of the command node)
#     --montrer CHEMIN   a file or folder of this machine seen at the same place (settings of pip or npm, certificates); may be repeated
#     --env NOM          a variable of this machine's environment to keep; may be repeated
#     --journaux DOSSIER where the full output of each step is written (a temporary folder)
# The Debian mirror is the one this machine uses, or MIROIR. Certificates named by the usual variables are shown without being asked for.
# Everything is mounted in a name space of its own: it vanishes, with the root, when the script ends, however it ends.
# Exit codes: 0 every step of every round passed, 1 one failed, 2 wrong option or missing tool.
set -euo pipefail

if [ "${1:-}" != --dans-son-espace ]; then
  [ "$(id -u)" = 0 ] || { echo "Il faut être root (debootstrap et chroot)." >&2; exit 2; }
  for outil in debootstrap unshare git node; do
    command -v "$outil" >/dev/null || { echo "Il manque la commande $outil." >&2; exit 2; }
  done
  exec unshare --mount --pid --fork --kill-child --mount-proc "$0" --dans-son-espace "$@"
fi
shift

fois=1 polices="aucune dejavu liberation" etapes="site test" outils=site partage="" suite=bookworm journaux=""
node=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
montres=() variables=()
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { echo "Il manque la valeur de l'option $1." >&2; exit 2; }
  case $1 in
    --fois) fois=$2 ;;
    --polices) polices=$2 ;;
    --etapes) etapes=$2 ;;
    --outils) outils=$2 ;;
    --partage) partage=$(readlink -f "$2") ;;
    --suite) suite=$2 ;;
    --node) node=$2 ;;
    --montrer) montres+=("$2") ;;
    --env) variables+=("$2") ;;
    --journaux) journaux=$2 ;;
    *) echo "Option inconnue : $1" >&2; exit 2 ;;
  esac
  shift 2
done
for choix in $polices; do
  case $choix in aucune | dejavu | liberation) ;; *) echo "Polices inconnues : $choix" >&2; exit 2 ;; esac
done
depot=$(cd "$(dirname "$0")/.." && pwd)
journaux=${journaux:-$(mktemp -d)}
mkdir -p "$journaux"
racine=$(mktemp -d)
chmod 755 "$racine" # apt reads its lists as a user of its own
# The mounts belong to this name space only; --one-file-system keeps what is shown from this machine out of reach all the same.
trap 'umount -R "$racine" 2>/dev/null || true; rm -rf --one-file-system "$racine"' EXIT
mount --bind "$racine" "$racine"

miroir=${MIROIR:-$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 2>/dev/null |
  awk -v suite="$suite" '$2 == suite && $3 == "main" { print $1; exit }')}

montrer() { # a path of this machine, seen at the same place
  local vrai
  vrai=$(readlink -f "$1")
  if [ -d "$vrai" ]; then mkdir -p "$racine$1"; else mkdir -p "$racine$(dirname "$1")"; [ -e "$racine$1" ] || touch "$racine$1"; fi
  mount --bind "$vrai" "$racine$1"
  mount -o remount,bind,ro "$racine$1"
}

dedans() { # a command inside the root, with an environment of its own
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "${environnement[@]}" chroot "$racine" "$@"
}

preparer() {
  echo "Une Debian « $suite » nue dans $racine (journaux : $journaux)"
  debootstrap --variant=minbase --include=python3,make,ca-certificates "$suite" "$racine" ${miroir:+"$miroir"} >"$journaux/debootstrap.log" 2>&1
  mount -t proc proc "$racine/proc"
  mount -t devpts devpts "$racine/dev/pts"
  mount -t tmpfs tmpfs "$racine/dev/shm"
  cp /etc/resolv.conf "$racine/etc/resolv.conf"
  environnement=()
  local nom
  for nom in SSL_CERT_FILE NODE_EXTRA_CA_CERTS PIP_CERT REQUESTS_CA_BUNDLE; do
    [ -z "${!nom:-}" ] || { environnement+=("$nom=${!nom}"); montres+=("${!nom}"); }
  done
  for nom in http_proxy https_proxy no_proxy ${variables[@]+"${variables[@]}"}; do
    [ -z "${!nom:-}" ] || environnement+=("$nom=${!nom}")
  done
  for nom in ${montres[@]+"${montres[@]}"}; do montrer "$nom"; done
  mkdir -p "$racine/usr/local/lib/node_modules"
  cp "$node/bin/node" "$racine/usr/local/bin/node"
  cp -a "$node/lib/node_modules/npm" "$racine/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$racine/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$racine/usr/local/bin/npx"
}

poser_les_outils() { # the one list of needs, read inside the root
  cp "$depot/scripts/verifier_outils.py" "$racine/opt/"
  echo "Ce qui manque à la racine nue :"
  dedans python3 /opt/verifier_outils.py 2>&1 | sed 's/^/  /' || true
  local niveau=()
  [ "$outils" = site ] || niveau=(--tests)
  dedans python3 /opt/verifier_outils.py "${niveau[@]}" --installer >"$journaux/outils.log" 2>&1 || { cat "$journaux/outils.log" >&2; exit 1; }
  # Both families are set aside; a choice puts its own back. What other packages brought is set aside too.
  dedans env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends fontconfig fonts-dejavu-core fonts-liberation >>"$journaux/outils.log" 2>&1
  mv "$racine/usr/share/fonts" "$racine/usr/share/polices-de-cote"
}

choisir_les_polices() {
  rm -rf "$racine/usr/share/fonts"
  mkdir -p "$racine/usr/share/fonts/truetype"
  [ "$1" = aucune ] || cp -a "$racine/usr/share/polices-de-cote/truetype/$1"* "$racine/usr/share/fonts/truetype/"
  dedans fc-cache -f
  echo "Polices « $1 » : $(dedans fc-list | wc -l) fichier(s)"
}

tour() { # one round: a fresh clone, each step timed
  local choix=$1 numero=$2 etape debut journal
  rm -rf --one-file-system "$racine/essai/carte"
  mkdir -p "$racine/essai"
  git clone --quiet --no-hardlinks "$depot" "$racine/essai/carte"
  if [ -n "$partage" ] && [ ! -d "$racine/essai/shared" ]; then
    mkdir -p "$racine/essai/shared"
    mount --bind "$partage" "$racine/essai/shared"
    mount -o remount,bind,ro "$racine/essai/shared"
  fi
  for etape in $etapes; do
    journal="$journaux/$choix-$numero-$etape.log"
    debut=$(date +%s)
    if dedans make --no-print-directory -C /essai/carte "$etape" >"$journal" 2>&1; then verdict="réussi"; else verdict="ÉCHEC"; echecs=$((echecs + 1)); fi
    printf '%-10s  tour %s  make %-10s  %5d s  %s  %s\n' "$choix" "$numero" "$etape" $(($(date +%s) - debut)) "$verdict" \
      "$({ grep -E '[0-9]+ (passed|failed)' "$journal" || cat "$journal"; } | tail -n 1)"
  done
}

echecs=0
preparer
poser_les_outils
for choix in $polices; do
  choisir_les_polices "$choix"
  for numero in $(seq "$fois"); do tour "$choix" "$numero"; done
done
[ "$echecs" = 0 ] || { echo "$echecs étape(s) en échec : voir $journaux" >&2; exit 1; }
