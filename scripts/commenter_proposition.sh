#!/usr/bin/env bash
# Puts what `carte comparer` said of a pull request in one comment of it, and replaces that comment at each change.
# The text was made by a workflow that ran files of its author, with no right at all: here it is only a text of bounded
# size, and nothing of it nor of the repository's records is run. What GitHub says of that run comes by the environment.
set -euo pipefail
depot=${GITHUB_REPOSITORY:?}
marque='<!-- carte : ce que change cette proposition -->'
dossier=$(mktemp -d)
texte=$dossier/proposition.md

if ! gh run download "${RUN_ID:?}" --repo "$depot" --name proposition --dir "$dossier"; then
  echo "::notice::Ce contrôle n'a pas dit ce qui change : rien à commenter."
  exit 0
fi
if [ ! -f "$texte" ] || [ -L "$texte" ] || [ "$(head -c 200 "$texte" | head -n 1)" != "$marque" ]; then
  echo "::error::Ce que le contrôle a laissé n'est pas un commentaire de Carte : rien n'est publié."
  exit 1
fi
if [ "$(wc -m <"$texte")" -gt 65000 ]; then
  echo "::error::Le commentaire est trop long : rien n'est publié."
  exit 1
fi

# The open proposal of that branch whose last state is the one that was looked at; a fork's is asked for in the same way.
numero=
while read -r trouve etat; do
  if [ "$etat" = "${HEAD_SHA:?}" ]; then numero=$trouve; fi
done < <(gh api -X GET "repos/$depot/pulls" -f state=open -f "head=${HEAD_OWNER:?}:${HEAD_BRANCH:?}" --jq '.[] | "\(.number) \(.head.sha)"')
if ! [[ $numero =~ ^[0-9]+$ ]]; then
  echo "::notice::Aucune proposition ouverte n'en est à cet état : elle a changé depuis, ou elle est fermée."
  exit 0
fi

# Without `head`, which would end before its source: the first one is enough.
ancien=
while read -r identifiant; do
  ancien=${ancien:-$identifiant}
done < <(gh api --paginate "repos/$depot/issues/$numero/comments" \
  --jq ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marque\"))) | .id")
if [ -n "$ancien" ]; then
  gh api --silent -X PATCH "repos/$depot/issues/comments/$ancien" -F "body=@$texte"
else
  gh api --silent -X POST "repos/$depot/issues/$numero/comments" -F "body=@$texte"
fi
