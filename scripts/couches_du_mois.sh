#!/usr/bin/env bash
# What the monthly workflow does with the layers of the configured départements.
#   verifier: says what is newer at the source; `plus_recent=oui` for the next step when a layer is
#   proposer: fetches the new layers, builds the site with them, and only then opens a pull request (or brings the one
#     that is open up to date). What a workflow opens with its own token starts no check: this build stands for them.
set -euo pipefail
carte=${CARTE:-.venv/bin/carte}
constats=${RUNNER_TEMP:?}/couches.txt
essai=$RUNNER_TEMP/construction.txt
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
  if ! "$carte" construire >"$essai" 2>&1; then
    cat "$essai" | tee -a "$GITHUB_STEP_SUMMARY"
    echo "::error::Le site ne se construit pas avec les nouvelles couches : rien n'est proposé, la raison est dans le résumé."
    return 1
  fi
  {
    printf 'Le site se construit avec ces couches (`carte construire`, dans cet atelier). Une proposition ouverte par un atelier ne '
    printf 'lance pas les contrôles du dépôt : pour les lancer, fermez-la puis rouvrez-la.\n\n'
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
