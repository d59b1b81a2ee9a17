#!/usr/bin/env bash
# Puts in one issue of a hub's repository the records to read again, and replaces its text each month: one issue, never a
# new one each time. What it publishes was made from the records of the published branch alone; nothing of it is run.
set -euo pipefail
carte=${CARTE:-.venv/bin/carte}
depot=${GITHUB_REPOSITORY:?}
titre="Les fiches à relire"
marque='<!-- carte : les fiches à relire -->'
texte=${RUNNER_TEMP:?}/a-relire.md

# Ten minutes at most for the links; without network nothing is said of them.
"$carte" relire --quiet --liens --format markdown >"$texte"
cat "$texte" >>"${GITHUB_STEP_SUMMARY:?}"
if [ "$(head -c 200 "$texte" | head -n 1)" != "$marque" ] || [ "$(wc -m <"$texte")" -gt 65000 ]; then
  echo "::error::Ce texte n'est pas celui de Carte : rien n'est publié."
  exit 1
fi

# Ours alone: the workflow's own, by its first line. Without `head`, which would end before its source.
numero=
while read -r trouve; do
  numero=${numero:-$trouve}
done < <(gh api --paginate -X GET "repos/$depot/issues" -f state=open -f creator='github-actions[bot]' \
  --jq ".[] | select((has(\"pull_request\") | not) and (.body // \"\" | startswith(\"$marque\"))) | .number")
if [[ $numero =~ ^[0-9]+$ ]]; then
  gh api --silent -X PATCH "repos/$depot/issues/$numero" -F "body=@$texte"
elif grep -q '^- \[ \]' "$texte"; then
  gh api --silent -X POST "repos/$depot/issues" -f "title=$titre" -F "body=@$texte"
else
  echo "::notice::Aucune fiche à relire : aucun ticket n'est ouvert."
fi
