"""Which figures count people: a whole number, and a word for people at the beginning of what it counts."""

import re

NUMBER = re.compile(r"[\d\s.,’'٬]+")
LOOKED_AT = 2  # words
WORDS = frozenset(
    # English
    "people persons residents refugees migrants newcomers arrivals evacuees families households children pupils"
    " students learners participants women men girls boys youths members visitors users beneficiaries tenants patients"
    " citizens returnees asylum-seekers seekers minors parents mothers adults workers jobseekers trainees voters"
    # French
    " personnes habitants réfugiés réfugiées migrants migrantes familles ménages enfants élèves étudiants participants"
    " participantes femmes hommes jeunes membres usagers bénéficiaires"
    # Spanish and Portuguese
    " personas residentes refugiados refugiadas migrantes familias hogares niños niñas alumnos estudiantes participantes"
    " mujeres hombres jóvenes miembros beneficiarios pessoas famílias crianças mulheres alunos"
    # Arabic
    " شخص أشخاص لاجئ لاجئا لاجئين لاجئًا أسرة أسر عائلة عائلات طفل أطفال طفلا امرأة نساء مشارك مشاركا مشاركين مستفيد مستفيدين".split()
)


def counts_people(value: str, what: str) -> bool:
    words = re.findall(r"[\w-]+", what.casefold())[:LOOKED_AT]
    return bool(NUMBER.fullmatch(value)) and not WORDS.isdisjoint(words)
