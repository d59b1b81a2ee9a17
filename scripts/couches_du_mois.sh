#!/usr/bin/env bash
# What the monthly workflow does with the layers of the configured départements.
#   verifier: says what is newer at the source; `plus_recent=oui` for the next step when a layer is
#   proposer: fetches the new layers and opens a pull request, or brings the one that is open up to date
set -euo pipefail
carte=${CARTE:-.venv/bin/carte}
constats=${RUNNER_TEMP:?}/couches.txt
branche=couches/nouvelles

verifier() {
  local code=0
  "$carte" couches --verifier >"$constats" || code=$?
  cat "$constats"
  cat "$constats" >>"${GITHUB_STEP_SUMMARY:?}"
  case $code in
    0) ;;
    4) echo "plus_recent=oui" >>"${GITHUB_OUTPUT:?}" ;;
    5) echo "::warning::Une couche n'a pas pu être vérifiée : la liste est dans le résumé." ;;
    *) exit "$code" ;;
  esac
}

proposer() {
  local corps=$RUNNER_TEMP/corps.md titre="Couches plus récentes"
  git switch --quiet -c "$branche"
  "$carte" couches
  git add --all
  if git diff --cached --quiet; then
    echo "Rien n'a changé dans le dépôt : les couches n'y sont sans doute pas suivies."
    return
  fi
  {
    printf 'Ce que disent les sources :\n\n```text\n%s\n```\n\n' "$(cat "$constats")"
    printf 'Ce qui change :\n\n```text\n%s\n```\n' "$(git diff --cached --stat)"
  } >"$corps"
  git -c user.name="Carte" -c user.email="carte@users.noreply.github.com" commit --quiet -m "$titre"
  gh auth setup-git
  git push --quiet --force origin "$branche"
  if [ -n "$(gh pr list --head "$branche" --state open --json number --jq '.[].number')" ]; then
    gh pr edit "$branche" --body-file "$corps"
  else
    gh pr create --head "$branche" --title "$titre" --body-file "$corps"
  fi
}

case ${1:-} in
  verifier) verifier ;;
  proposer) proposer ;;
  *)
    echo "usage : couches_du_mois.sh verifier|proposer" >&2
    exit 2
    ;;
esac
