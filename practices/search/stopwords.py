"""Words that say nothing about what is asked for, beyond those that PostgreSQL's lists leave out.

They are passed over, and never taken for misspelt ones.
"""

from text_unidecode import unidecode

SMALL_TALK = {
    "en": "about across already also always another any anybody anyone anything around ask asked asking asks away "
    "become becomes before begin best better between can cannot come could deal directly do does doing done especially "
    "else etc even ever every everyone everything example examples fast find found get gets give given gives go going "
    "good great had has have having how idea ideas if instead into it keep kind know let like "
    "look looking made make makes making many may maybe me might more most much must my need needed needs never "
    "nobody not nothing often once one or other others our out over own per perhaps please possible put really said say "
    "says see seek should show since so some somebody someone something still stop such take taken takes "
    "tell than thank their them then there these they thing things think this those through to too toward "
    "towards try turn turns under until up upon us use used useful using very via want wanted wants was way ways we well "
    "were what when where whether which while who whose why will wish with within without would yes yet you "
    "your",
    "fr": "à afin aider ainsi alors après assez au aucun aujourd aussi autour autre autres aux avant avec avoir beaucoup "
    "besoin bien bon bonne bonnes bons ça car ce cela celui ces cet cette ceux chaque cherche chercher chez chose choses "
    "combien comme comment contre créer dans de début déjà demande demander depuis des deux devenir devient devoir dit "
    "doit doivent donc donner dont du elle elles encore ensemble entre est et être eux exemple exemples faire fait faites "
    "faut fois font gens grâce grand grande hors idée idées il ils jamais je jour jours jusque la là laquelle le les "
    "lequel leur leurs lors lorsque lui lutte lutter ma mais malgré mal meilleur même mes mettre mieux moins mon ne ni "
    "non nos notre nous nouveau nouvelle nouveaux nouvelles on ont ou où oui par parce parmi pas pendant permettre peu "
    "peut peuvent plus plusieurs plutôt possible pour pourquoi pouvoir pouvons premier première prendre près presque "
    "puis qu quand que quel quelle quelles quelque quelques quels qui quoi rien s sa sans se selon ses seul si sinon "
    "soit son sont sous souvent suivre sur surtout ta tant te tel telle tes toi ton toujours tous tout toute toutes "
    "très trop trouver tu un une utiliser va vers veut vient voir vos votre vous voudrais vraiment y",
    "es": "a acerca año años además ahí ahora al algo alguien algún alguna algunas algunos allí alrededor ante antes aquel aquí así "
    "aún aunque ayuda ayudar bajo bien buena buenas bueno buenos busca buscar cada casi caso cerca cierto combatir como "
    "cómo con contra cosa cosas crear cual cuál cuáles cualquier cuando cuándo cuánto cumplen cumplir da dar de debe "
    "deben decir dejar del dentro desde después día días donde dónde dos durante e ejemplo ejemplos el él ella ellas "
    "ellos empezar en encontrar entonces entre era es esa ese eso esta está están estar este esto estos evitar existe "
    "falta forma fue fuera gente gracias gran grande haber había hace hacen hacer hacia han hasta hay hemos idea ideas "
    "ir junto la las le les lo los luego lucha luchar lugar más mayor me mediante mejor mejores menos mi mientras mis "
    "mismo modo mucha mucho muchos muy nada nadie necesita necesitan ni ningún no nos nosotros nuestra nuestro nueva "
    "nuevas nuevo nuevos nunca o otra otras otro otros para parte pero poco poder podemos poner por porque posible "
    "primer primera primero puede pueden pues que qué querer quién quien quiere quiénes sabe saber salir se sea según "
    "ser si sí sido siempre sin sino sobre solo sólo son su sus también tan tanto te tener tengo tiene tienen toda "
    "todas todavía todo todos tomar tras tratar tu tus un una unas uno unos usar usted va vamos van varios ver vez vía "
    "viene vive viven vivir y ya yo",
    "ar": "في من على إلى الى عن مع بدون دون كيف ما ماذا هل أو و هي هو هم التي الذي الذين اللاتي كل أي بين عند ضد بعد "
    "قبل هذا هذه ذلك تلك ثم أن إن لا لم لن قد كان كانت يكون تكون نحن نريد يمكن حول خلال حتى أيضا جدا فقط غير بعض هناك "
    "أكثر أقل لماذا متى أين كم أفضل مثل مثال منذ حيث إذا لكن عبر نحو داخل خارج فوق تحت أمام لدى مساعدة لمساعدة",
    "pt": "a à acerca agora ainda ajuda ajudar algo alguém algum alguma alguns além antes ao aos apenas apoiar aquele "
    "aqui as às assim até através bem boa boas bom bons busca buscar cada caso cerca certo coisa coisas com combate "
    "combater começar como contra cria criar da das dar de deixar dela dele dentro depois desde deve devem dia dias "
    "dizer do dois dos durante e é ela elas ele eles em encontrar enquanto então entre era essa esse esta está estão "
    "estar este evitar exemplo exemplos existe fazer fica ficar foi fora forma gente grande há hoje ideia ideias ir isso "
    "isto já junto juntos lá lhe luta lutar lugar maior mais mas me meio melhor melhores menos mesma mesmo meu minha "
    "modo muita muito muitos na nada não nas nem nenhum no nos nós nossa nosso nova novas novo novos num numa nunca o "
    "onde os ou outra outras outro outros para parte pela pelas pelo pelos perto pode podem podemos poder por pôr "
    "porque porquê possível pouco precisa precisam primeira primeiro procura procurar qual quais qualquer quando quanto "
    "que quê quem quer querer saber são se seja sem sempre ser será seu seus si sim sob sobre só sua suas também tanto "
    "te tem têm temos ter toda todas todo todos tomar tudo um uma umas uns usar vai vários ver vez vida viver você "
    "vocês",
}  # fmt: skip
_SETS = {
    language: frozenset(words.split()) | frozenset(unidecode(word) for word in words.split() if language != "ar")
    for language, words in SMALL_TALK.items()
}


def is_small_talk(word: str, language: str) -> bool:
    return word.lower() in _SETS.get(language, ())
