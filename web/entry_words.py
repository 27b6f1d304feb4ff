"""The words of the sign-in and account pages, in French where that is asked for; the key is the English sentence."""

import re
from collections.abc import Mapping

FRENCH: Mapping[str, str] = {
    "Sign in": "Se connecter",
    "Sign out": "Se déconnecter",
    "Login": "Identifiant",
    "Password": "Mot de passe",
    "Your account": "Votre compte",
    "Password until now": "Mot de passe actuel",
    "New password": "Nouveau mot de passe",
    "New password, once more": "Nouveau mot de passe, encore une fois",
    "Set the password": "Définir le mot de passe",
    "Choose a password": "Choisissez un mot de passe",
    "Language": "Langue",
    "Save": "Enregistrer",
    "To the desk": "Vers le bureau",
    "You are signed in as": "Vous êtes connecté en tant que",
    "Login or password is not right.": "L’identifiant ou le mot de passe n’est pas juste.",
    "The password until now is not right.": "Le mot de passe actuel n’est pas juste.",
    "The two new passwords differ.": "Les deux nouveaux mots de passe diffèrent.",
    "Whoever has no password yet, or forgot it, asks an administrator for a link.": (
        "Pas encore de mot de passe, ou oublié : demandez un lien à un administrateur."
    ),
    "A new password signs you out everywhere else.": "Un nouveau mot de passe vous déconnecte partout ailleurs.",
    "At least 12 characters; several words in a row are easy to keep in mind.": (
        "Au moins 12 caractères ; plusieurs mots à la suite se retiennent facilement."
    ),
    "A password has at least 12 characters; several words in a row are easy to keep in mind.": (
        "Un mot de passe a au moins 12 caractères ; plusieurs mots à la suite se retiennent facilement."
    ),
    "A password has at most 200 characters.": "Un mot de passe a au plus 200 caractères.",
    "This password repeats itself and is quickly guessed.": "Ce mot de passe se répète et se devine vite.",
    "This password holds the login, which is what is tried first.": (
        "Ce mot de passe contient l’identifiant, que l’on essaie en premier."
    ),
    "viewer": "lecture seule",
    "agent": "chargé de recouvrement",
    "manager": "responsable",
    "legal": "juridique",
    "admin": "administrateur",
}


_WAIT = re.compile(r"Too many failed sign-ins: try again in (\d+) minutes?\.")


def in_language(sentence: str, language: str) -> str:
    """The sentence in the language of who reads it; English where there is no other.

    >>> in_language("Too many failed sign-ins: try again in 2 minutes.", "fr")
    'Trop d’échecs de connexion : réessayez dans 2 min.'
    """
    if language != "fr":
        return sentence
    if wait := _WAIT.fullmatch(sentence):
        return f"Trop d’échecs de connexion : réessayez dans {wait[1]} min."
    return FRENCH.get(sentence, sentence)


def language_asked(accept_language: str) -> str:
    """The language a browser asks for first, of those there are.

    >>> language_asked("fr-FR,fr;q=0.9,en;q=0.8")
    'fr'
    """
    return "fr" if accept_language.strip().lower().startswith("fr") else "en"
