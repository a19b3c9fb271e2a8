"""What the demonstration shows of people: a file written, another on trial, one agreement, one refusal."""

from crm.consent import oppose, record_consent
from crm.importing.files import drop_file, start_trial, start_writing
from crm.importing.writing import work_chunk
from crm.models import Consent, Contact, ContactImport, ImportChunk, Suppression
from hosters import work
from hosters.demonstration import register_story
from hosters.models import Hoster, Work

MEMBERS = """Structure;Code postal;Commune;Nom;E-mail;Téléphone;Fonction;Rencontrée le
La Fanfare du Port;44000;Nantes;Sacha Le Goff;contact@fanfare-du-port.example;02 40 00 00 01;Secrétaire;14/03/2026
Le Jardin partagé des Olivettes;44000;Nantes;Inès Moreau;ines.moreau@olivettes.example;;Présidente;14/03/2026
L’Atelier vélo;44100;Nantes;Yann Kervella;yann.kervella@velo.example;06 00 00 00 02;Trésorier;02/06/2026
"""
FAIR = """Association;CP;Ville;Prénom;Nom;Mail;Portable
L’ATELIER VÉLO;44100;Nantes;Yann;Kervella;yann.kervella@velo.example;600000002
Le Café couture;1000;Bourg-en-Bresse;Lila;Diallo;lila@cafe-couture.example;612000003
Le Café couture;1000;Bourg-en-Bresse;Lila;Diallo;lila@cafe-couture.example;612000003
Les Grimpeurs;38000;Grenoble;Paul;Roux;paul.grimpeurs.example;6,12E+08
"""


def register() -> None:
    """Add our chapter to the demonstration."""
    register_story(people_met)


def people_met(hoster: Hoster) -> None:
    """Two files and what two people said, once."""
    if ContactImport.objects.filter(hoster=hoster).exists():
        return
    members = _tried(hoster, "adherents-2025.csv", MEMBERS, "anciens adhérents")
    start_writing(file=members)
    _work(members)
    record_consent(
        contact=Contact.objects.get(email="ines.moreau@olivettes.example"),
        purpose=Consent.Purpose.NEWSLETTER,
        basis=Consent.Basis.CONSENT,
        source="stand du salon des associations",
        text="Recevoir chaque trimestre la lettre de l’hébergeur. Je peux me désabonner d’un clic.",
        proof="feuille d’inscription du 14 mars, classeur « Salons »",
    )
    yann = Contact.objects.get(email="yann.kervella@velo.example")
    oppose(contact=yann, source="téléphone", cause=Suppression.Cause.OPPOSED)
    _tried(hoster, "salon-des-associations.csv", FAIR, "salon des associations 2026")


def _tried(hoster: Hoster, name: str, text: str, origin: str) -> ContactImport:
    file = drop_file(hoster=hoster, name=name, content=text.encode(), by=None)
    start_trial(file=file, mapping=file.mapping, origin=origin, carries_down=False)
    _work(file)
    return file


def _work(file: ContactImport) -> None:
    while pks := list(file.chunks.filter(state=Work.State.QUEUED).values_list("pk", flat=True)):
        for pk in pks:
            work.perform(ImportChunk, pk, work_chunk)
