// Every string of the form, in one place; what is wrong with a value is said by the rules (avis.js, forme.js, regles.js).

/** @type {Record<string, string>} */
export const SECTIONS = {
  lieu: "Le lieu",
  ou: "Où il se trouve",
  services: "Ce que l’on peut y faire",
  contact: "Contact et rendez-vous",
  horaires: "Horaires",
  fermetures: "Fermetures",
  prix: "Prix et public",
  aide: "Comment on y est aidé",
  acces: "Accès et matériel",
  tournee: "Permanences et tournée",
  presentation: "Présentation",
  reseaux: "Labels et réseaux",
  source: "Qui le dit",
};

export const textes = {
  titreCorriger: "Corriger la fiche",
  chargement: "Préparation du formulaire…",
  echec: "Le formulaire n’a pas pu être chargé. Vérifiez votre connexion, puis rechargez la page.",
  sansFiche: "Quelle fiche voulez-vous corriger ? Ouvrez-la depuis la liste des lieux, puis suivez « Corriger cette fiche ».",
  absente: "Cette fiche n’existe pas, ou n’existe plus.",
  listeDesLieux: "Liste des lieux",
  obligatoire: "obligatoire",
  obligatoireIci: "à remplir si vous répondez à cette partie",
  /** @param {string} exemple */
  exemple: (exemple) => `Par exemple : ${exemple}`,
  unParLigne: "Une valeur par ligne.",
  choisir: "Choisir",
  /** @param {number} n */
  choisis: (n) => (n ? ` (${n} ${n < 2 ? "choisi" : "choisis"})` : ""),
  quoiCorriger: "Aller à",
  deduits: "Code Insee et coordonnées",
  telephoneAide: "Comme vous le composez, par exemple 02 54 08 08 08.",
  jeNeSaisPas: "Je ne sais pas",
  oui: "Oui",
  non: "Non",
  ajouter: "Ajouter",
  retirer: "Retirer",
  /** @param {string} titre @param {number} rang @param {string} dit */
  element: (titre, rang, dit) => (dit ? `${titre} ${rang} : ${dit}` : `${titre} ${rang}`),
  services: "Pour chaque service, répondez seulement si vous le savez. « Je ne sais pas » ne veut pas dire non.",
  familles: "Si vous ne connaissez pas le détail",
  famillesAide: "À remplir seulement si le lieu répond pour tout un sujet.",
  familleDite: "Oui, sans savoir quoi",
  familleAbsente: "Non, rien de cela",
  departement: "Département",
  departementAide: "Choisi d’après la commune quand une seule porte ce nom.",
  departementManque: "Choisissez le département.",
  carte: "Placer le point sur la carte",
  carteAide: "Touchez la carte à l’endroit du lieu. Au clavier : déplacez la carte avec les flèches, puis choisissez « Mettre le point au centre ».",
  carteNom: "Carte pour placer le point du lieu",
  auCentre: "Mettre le point au centre",
  carteEchec: "La carte n’a pas pu être chargée. Vous pouvez écrire la latitude et la longitude, ou laisser vide.",
  /** @param {string} latitude @param {string} longitude */
  pointPose: (latitude, longitude) => `Point placé : latitude ${latitude}, longitude ${longitude}.`,
  /** @param {string} nom @param {string} code */
  communeTrouvee: (nom, code) => `Commune trouvée : ${nom}. Son code Insee, ${code}, est rempli.`,
  laquelle: "Laquelle est-ce ?",
  /** @param {string} nom */
  plusieursCommunes: (nom) => `Plusieurs communes s’appellent « ${nom} » : choisissez-la sous la carte, ou écrivez son code Insee.`,
  /** @param {string} nom @param {string} departement @param {string[]} proches */
  communeInconnue: (nom, departement, proches) =>
    `« ${nom} » n’est le nom d’aucune commune ${departement ? `du département ${departement}` : "de ce site"}.${proches.length ? ` Vouliez-vous dire : ${proches.join(", ")} ?` : " Vérifiez son orthographe."}`,
  /** @param {string} code @param {string} nom @param {string} dite */
  autreCommune: (code, nom, dite) => `Le code ${code} est celui de « ${nom} », pas de « ${dite} ».`,
  /** @param {number} km @param {string} nom */
  horsCommune: (km, nom) =>
    `Le point est à ${km < 1 ? `${Math.round(km * 1000)} m` : `${km.toFixed(1).replace(".", ",")} km`} de ${nom}. Vérifiez les coordonnées et la commune.`,
  chercherAdresse: "Chercher une adresse ou une commune",
  chercherAdresseAide: "Une adresse est envoyée au service public de géocodage de l’IGN quand vous la cherchez, jamais avant.",
  chercherCommune: "Chercher une commune",
  chercherCommuneAide: "Ce site ne cherche pas les adresses : la carte va à la commune, et vous placez le point.",
  chercher: "Chercher",
  cherche: "Recherche…",
  chercheEchec: "La recherche n’a pas pu se faire. Vérifiez votre connexion, ou placez le point sur la carte.",
  sansService: "Le service des adresses ne répond pas.",
  lequel: "Choisissez :",
  /** @param {string} texte */
  nulleAdresse: (texte) => `« ${texte} » n’a pas été trouvé. Écrivez la commune, ou placez le point sur la carte.`,
  /** @param {string} nom */
  adressePosee: (nom) => `Point placé : ${nom}. Vérifiez-le sur la carte.`,
  /** @param {string} nom */
  communeMontree: (nom) => `La carte montre ${nom}. Placez le point à l’endroit du lieu.`,
  semaineAide: "Écrivez comme vous parlez : « 9 h – 12 h, 14 h – 17 h 30 ». Ajoutez « sur rendez-vous » s’il en faut un. Un jour vide est un jour fermé. Si vous ne connaissez pas les horaires, laissez tout vide.",
  jours: ["Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"],
  feriesFermes: "Fermé les jours fériés",
  recopier: "Recopier lundi jusqu’à vendredi",
  /** @param {string} texte */
  heuresIncomprises: (texte) => `« ${texte} » n’est pas compris. Écrivez par exemple : 9 h – 12 h, 14 h – 17 h 30.`,
  /** @param {string} texte */
  horairesGardes: (texte) => `Ces horaires ne tiennent pas dans une simple semaine ; ils sont gardés tels quels : ${texte}.`,
  recrire: "Les récrire",
  reprendre: "Reprendre les horaires d’origine",
  fermePourToujours: "Ce lieu a fermé",
  fermeAide: "La fiche reste, et dit que le lieu est fermé. Vérifiez la date du premier jour de fermeture.",
  toujoursExact: "Tout est toujours exact",
  exactAide: "Vous avez vérifié auprès du lieu : la fiche dira qu’elle a été vérifiée aujourd’hui.",
  verifie: "J’ai vérifié ces informations auprès du lieu aujourd’hui",
  preparer: "Vérifier et préparer l’envoi",
  /** @param {number} n */
  fautes: (n) => `${n} ${n < 2 ? "chose est à corriger" : "choses sont à corriger"} :`,
  conseils: "À regarder, sans obligation :",
  pret: "La fiche est prête. Rien n’est encore envoyé.",
  prete: "Rien n’a changé, sauf la date de vérification. Rien n’est encore envoyé.",
  rienChange: "Rien n’a changé : il n’y a rien à envoyer.",
  apercu: "Voir le fichier",
  envoyer: "Envoyer par courriel",
  ouvrir: "Copier le texte et ouvrir un courriel",
  /** @param {string} courriel */
  tropLong: (courriel) =>
    `Cette fiche est trop longue pour s’écrire seule dans un courriel : le premier bouton copie son texte, et vous le collez dans le message qui s’ouvre. Ou téléchargez le fichier et joignez-le à un message à ${courriel}.`,
  coller: "Collez ici le texte de la fiche.",
  telecharger: "Télécharger le fichier",
  copier: "Copier le texte",
  copie: "Le texte est copié.",
  nonCopie: "Le texte n’a pas pu être copié : ouvrez « Voir le fichier » et copiez-le à la main.",
  forge: "Proposer sur le dépôt des fiches",
  /** @param {number} n */
  forgeCommentaires: (n) =>
    `Le fichier contient ${n} ${n < 2 ? "commentaire, que ce site ne publie" : "commentaires, que ce site ne publie"} pas. Pour ${n < 2 ? "le" : "les"} garder, ne remplacez pas tout le fichier : changez seulement les lignes qui suivent. Il faut un compte.`,
  /** @param {string} nom */
  remplacerLignes: (nom) => `À mettre à la place des lignes « ${nom} », ou à ajouter :`,
  /** @param {string} nom */
  retirerLignes: (nom) => `À retirer : les lignes « ${nom} ».`,
  /** @param {string} nom */
  copierLignes: (nom) => `Copier les lignes « ${nom} »`,
  forgeAide: "Il faut un compte. Copiez d’abord le texte, puis collez-le à la place de celui du fichier.",
  brouillonGarde: "Brouillon gardé sur cet appareil.",
  brouillonRefuse: "Votre navigateur ne garde pas de brouillon : finissez avant de quitter cette page.",
  /** @param {string} quand */
  brouillonRepris: (quand) => `Votre brouillon du ${quand} est repris.`,
  effacer: "Effacer le brouillon",
  efface: "Le brouillon est effacé.",
  sujetAjout: "Nouvelle fiche",
  sujetCorrection: "Correction de la fiche",
  bonjour: "Bonjour,",
  /** @param {string} nom */
  messageAjout: (nom) => `Voici une nouvelle fiche, pour ${nom}.`,
  /** @param {string} nom */
  messageCorrection: (nom) => `Voici une correction de la fiche de ${nom}.`,
  changements: "Ce qui change :",
  ajoute: "ajouté",
  retire: "retiré",
  change: "changé",
  nePasToucher: "Ne changez rien entre les deux lignes qui suivent.",
};
