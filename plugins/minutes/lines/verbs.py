"""Verbs that follow a person in notes (calls, doit, s’occupe), folded; and those that begin an English order."""

# What comes before -e, -ent, -era, -eront.
_FRENCH_STEMS = """
abord accompagn accroch achet active actualis affich aid ajout alert amen anim annonc annul appel appell apport
arrang arros assur balay cadr cale calcul cherch chiffr clotur coll command communiqu compar compl complet compt
confirm contact continu coordonn copi corrig cre cuisin debarrass decid decor demand demarr demont depos dessin
diffus discut distribu donn echang ecout effectu emmen emprunt emport encaiss enregistr entam essai etudi evalu
evoqu examin explor expliqu fabriqu factur ferm finalis form gard ger group identifi imprim inform inspect install
interrog invit jardin lanc list livr lou mail mesur modifi mobilis mont montr nettoi not observ occup organis park
particip partag pass pay pens photocopi photographi pilot plant plani planifi port post prepar present prioris
propos protocol ramass ramen rang rappel rappell rapport recens recherch recontact recrut recuper redig regard
regroup relanc remont remplac remerci rencontr renouvel renouvell rentr repar repeint report represent reserv resum
retrouv retourn revis sign signal sollicit sond stock surveill synthetis tap telephon termin test tir tond tract
trait transport travaill trouv valid verifi vers visit
""".split()
_FRENCH_FORMS = """
doit doivent devra devront va vont peut peuvent veut fait font fera feront prend prennent prendra prendront met
mettent mettra mettront voit voient verra verront ecrit ecrivent ecrira ecriront lit lisent tient tiennent tiendra
tiendront vient viennent viendra viendront revient finit finissent choisit choisissent remplit remplissent reunit
reunissent fournit fournissent etablit etablissent definit definissent transmet transmettent soumet reprend
reprennent suit suivent conduit construit construisent traduit traduisent produit repond repondent rend rendent vend
vendent attend recoit recoivent ouvre ouvrent offre offrent relit relisent refait refont previent previennent
inscrit peint peignent sert servent envoie envoient enverra enverront essaie paie paient nettoie balaie balaient
prevoit prevoient accueille accueillent recueille recueillent se ira iront
""".split()
_ENGLISH = """
add apply arrange ask book bring build buy call cancel check choose clean close collect confirm contact cook copy
create decide deliver design distribute draft draw edit explore fetch file find finish fix follow gather get give
handle help host inform install invite join keep lead lend look mail make meet move open order organise organize
paint pay phone plan plant post prepare present print propose publish put read remind rent repair reply report
reserve return review ring run schedule see sell send set share speak store start take talk tell test tidy translate
try update visit volunteer wash water write
""".split()

ENGLISH_ORDERS = frozenset(_ENGLISH)
# Said between a person and what is done; a line reads as well without them.
MODALS = frozenset("doit doivent devra devront va vont will to must should shall".split())
# "Nadia calls", "Nadia et Paul porteront": what follows a name in the present or the future tense.
VERBS = frozenset([
    *MODALS, *_FRENCH_FORMS, *(stem + ending for stem in _FRENCH_STEMS for ending in ("e", "ent", "era", "eront")),
    *(verb + ending for verb in _ENGLISH for ending in ("s", "es")), "has", "have", "needs", "need",
    *(verb[:-1] + "ies" for verb in _ENGLISH if verb.endswith("y")),
])  # fmt: skip
