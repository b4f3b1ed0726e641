namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>What jailbreaks say, in several languages.</summary>
/// <remarks>
/// Alternatives stand in parentheses, a question mark makes what is before it optional, a space stands for spaces and punctuation, <c>~</c> for up to five words between, and <c>…</c> for up to twelve characters in
/// scripts without spaces. Phrases are folded before use.
/// </remarks>
internal static class JailbreakPhrases
{
    public static string[] RoleOverrides { get; } =
    [
        "you are now", "you re now", "from now on you", "you will now (act|be|behave|respond|play|speak|answer)", "you are (going to|about to) (act|be|become|play|pretend|roleplay|simulate|immerse)",
        "(act|behave|respond|answer|reply|speak|write|operate) (as if|as though|like) you (are|were|had|have|could)", "pretend (to be|you|that you)", "(imagine|suppose|assume) (that )?you (are|were|have|had) (a|an|no|not)",
        "(play|take on|assume|adopt) the (role|persona|character|identity)", "role ?play", "(simulate|emulate|impersonate) (a|an|the|being)", "(act|behave|respond|answer|speak) as (a|an|my|the)? ?(unrestricted|uncensored|unfiltered|evil|amoral|rogue|free|jailbroken)",
        "you (have|has|had|now have) no (rules|restrictions|limits|limitations|filters?|ethics|morals|guidelines|boundaries|censorship)", "(without|free of|free from|ignoring|no) (any |all |your |the |its )?(moral |ethical |legal |content |safety )?(restrictions|filters|filtering|censorship|limitations|ethics|morals|boundaries|guidelines)",
        "(unrestricted|unfiltered|uncensored|amoral) (ai|assistant|model|chatbot|bot|mode|version|response|answers?|language|persona)", "stay in character", "never (refuse|decline|break character|say no|reject)", "(can|may|will|must|should) (do|say|answer|generate|produce) anything",
        "(not|no longer) (bound|restricted|limited|constrained|governed) by", "you (can|must|may) not (refuse|decline)", "your new (name|role|persona|identity|character) is",
        "du bist (jetzt|nun|ab sofort|ab jetzt|ab nun)", "ab (jetzt|sofort|nun) (bist|antwortest|handelst|verhaltst|spielst|wirst) du", "(tu|handle|verhalte dich|antworte) (so )?als (ob|wurdest|warst|hattest)", "spiel ?e? (die|eine) rolle", "ohne (jede |jegliche |alle )?(einschrankungen|beschrankungen|filter|zensur|regeln)", "du hast keine (regeln|grenzen|einschrankungen|beschrankungen|filter)",
        "tu es (maintenant|desormais)", "vous etes (maintenant|desormais)", "a partir de maintenant (tu|vous)", "(fais|faites|agis|agissez|reponds|repondez) (semblant|comme si)", "(joue|jouez) le role", "sans (aucune |aucun )?(restriction|restrictions|filtre|filtres|limite|limites|censure)", "(tu n as|vous n avez) (aucune|pas de) (regle|regles|restriction|limite|limites)",
        "(ahora eres|eres ahora)", "(a partir de|desde) ahora (eres|actua|actuas|seras|responde|responderas)", "(actua|responde|comportate|finge) (como si|que eres|ser)", "sin (ninguna |ningun )?(restricciones|restriccion|filtros|filtro|limites|censura|reglas)", "no tienes (reglas|restricciones|limites|filtros)",
        "(ora sei|adesso sei|sei ora)", "da (ora|adesso) in poi", "(fingi|comportati|rispondi|agisci) (di essere|come se)", "senza (alcuna |alcun )?(restrizioni|restrizione|filtri|limiti|censura|regole)", "non hai (regole|restrizioni|limiti|filtri)",
        "(agora voce e|voce agora e|voce e agora)", "a partir de agora (voce|tu)", "(finja|aja|responda|comporte se) (que|como se|ser)", "sem (nenhuma |nenhum )?(restricoes|restricao|filtros|limites|censura|regras)", "voce nao tem (regras|restricoes|limites|filtros)",
        "je bent (nu|vanaf nu)", "vanaf nu (ben|antwoord|speel|doe) je", "(doe|gedraag je|antwoord) alsof", "zonder (enige )?(beperkingen|filters|restricties|regels|censuur)",
        "teraz jestes", "od teraz (jestes|odpowiadasz|bedziesz|dzialasz)", "(udawaj|zachowuj sie|odpowiadaj) (ze|jak|jakbys)", "bez (zadnych )?(ograniczen|filtrow|zasad|cenzury)",
        "(теперь ты|ты теперь|отныне ты|с этого момента ты)", "(притворись|представь|веди себя|отвечай) (что ты|как будто|так будто|как если)", "без (каких либо |всяких )?(ограничений|фильтров|цензуры|правил)", "у тебя нет (правил|ограничений|фильтров)",
        "(artik sen|sen artik|bundan sonra sen|su andan itibaren)", "(hicbir )?(kisitlama|sinirlama|filtre|kural) olmadan",
        "(你|您)现在(是|扮演|要)", "从现在(开始|起)…(你|您)", "(扮演|假装|假设)…(你|角色|没有)", "(没有|不受)任何?(限制|约束|规则|道德)", "今から(あなた|君|お前)", "(になりきって|のふりをして|を演じて)", "(制限|制約|検閲|フィルター)(なし|のない|なく)",
    ];

    public static string[] InstructionOverrides { get; } =
    [
        Verbs + "~" + Objects, "(forget|ignore|disregard|discard) (all|everything|anything|whatever) ~?(above|before|prior|previously|earlier|told|said|learned|know)", "(do not|don t|stop|no need to|never|refuse to) (follow|following|obey|obeying|adhere|comply|complying)~" + Objects,
        "(your|the|these|those|all|previous|prior|above) (previous |prior |old |earlier |original |initial )?(instructions?|rules|guidelines|restrictions|polic(y|ies)|constraints) (above |before )?(no longer|do not|don t|are no longer|are now|are hereby|have been) (apply|valid|void|lifted|removed|suspended|cancelled|canceled|disabled|revoked|matter|binding)",
        "(disable|turn off|switch off|deactivate|remove|lift|suspend|break|violate|evade|circumvent|get around|break free (of|from))~(safety|filters?|guardrails|safeguards|moderation|restrictions|guidelines|content filter|constraints|censorship|ethics)",
        "(new|updated|real|actual|secret) (system )?(instructions?|directives?|orders|rules) (follow|below|from|override|supersede|replace|are|is)", "(overrides?|supersedes?|replaces?|takes precedence over) (all|any|your|the|every) ~?(instructions?|rules|prompts?|guidelines|directives|polic(y|ies))",
        "(reveal|print|show|repeat|output|display|leak|disclose|tell|give|dump|expose|share|write|recite|translate|summari[sz]e|reproduce|quote|return|spell)~(system prompt|system message|initial prompt|original prompt|hidden prompt|secret prompt|hidden instructions|initial instructions|original instructions|secret instructions|your instructions|your prompt|developer message|your rules)",
        "repeat (everything|the text|the words|all the text|all text|all of the text|what is written) (above|before|so far)", "(what|which) (is|are|was|were) your (system prompt|initial instructions|original instructions|hidden instructions|secret instructions|exact instructions|initial prompt)",
        "(ignorier|ignoriere|ignorieren|vergiss|vergessen|missachte|missachten|umgehe|umgehen|verwirf|uberschreibe|befolge nicht)~(anweisung|anweisungen|regel|regeln|vorgaben|vorgabe|richtlinien|instruktionen|anordnungen|befehle|systemprompt|system prompt|einschrankungen|beschrankungen)", "vergiss alles (was|bisherige|vorherige|davor|zuvor)", "(zeig|zeige|gib|nenne|verrate|wiederhole|drucke)~(systemprompt|system prompt|systemanweisung|systemanweisungen|geheimen anweisungen)",
        "(ignore|ignorez|ignorer|oublie|oubliez|oublier|neglige|negligez|contourne|contournez|desobeis)~(instruction|instructions|consigne|consignes|regle|regles|directives|ordres|restrictions|prompt systeme)", "oublie(z)? tout (ce qui|ce que)", "(montre|montrez|affiche|affichez|revele|revelez|repete|repetez|donne|donnez)~(prompt systeme|prompt initial|instructions systeme|instructions cachees|instructions secretes)",
        "(ignora|ignore|ignorar|olvida|olvide|olvidate|omite|desobedece|salta|saltate|elude)~(instruccion|instrucciones|reglas|normas|directrices|ordenes|indicaciones|restricciones)", "olvida todo lo (que|anterior)", "(muestra|muestrame|revela|revelame|repite|imprime|dime)~(prompt del sistema|prompt de sistema|instrucciones del sistema|instrucciones ocultas|instrucciones iniciales)",
        "(ignora|ignorare|dimentica|scorda|trascura|aggira|disobbedisci)~(istruzione|istruzioni|regole|direttive|linee guida|ordini|restrizioni)", "(mostra|mostrami|rivela|rivelami|ripeti|stampa|dimmi)~(prompt di sistema|istruzioni di sistema|istruzioni nascoste|istruzioni iniziali)",
        "(ignore|ignora|esqueca|esquece|desconsidere|desobedeca|contorne)~(instrucao|instrucoes|regras|diretrizes|ordens|restricoes|comandos)", "esqueca tudo (o )?que", "(mostre|mostra|revele|repita|imprima|diga)~(prompt do sistema|prompt de sistema|instrucoes do sistema|instrucoes ocultas|instrucoes iniciais)",
        "(negeer|vergeet|omzeil|sla)~(instructie|instructies|regels|richtlijnen|opdrachten|beperkingen|aanwijzingen)", "(toon|laat|geef|onthul|herhaal)~(systeemprompt|systeeminstructies|verborgen instructies)",
        "(zignoruj|ignoruj|zapomnij|pomin|obejdz|zlekcewaz)~(instrukcje|instrukcji|polecenia|polecen|zasady|zasad|reguly|wytyczne|ograniczenia|ograniczen)", "(pokaz|ujawnij|wypisz|powtorz|zdradz)~(prompt systemowy|instrukcje systemowe|ukryte instrukcje)",
        "(игнорируй|игнорируйте|проигнорируй|забудь|забудьте|отбрось|нарушь|обойди|не следуй)~(инструкции|инструкций|указания|указаний|правила|правил|команды|ограничения|ограничений|директивы)", "забудь (все|обо всем) что", "(покажи|раскрой|выведи|повтори|напиши)~(системный промпт|системную инструкцию|системные инструкции|скрытые инструкции|системного промпта)",
        "(talimatlari|talimatlarini|kurallari|kurallarini|yonergeleri|komutlari|kisitlamalari)~?(yok say|unut|gormezden gel|goz ardi et|dikkate alma)",
        "(忽略|无视|忘记|忘掉|不要遵守|绕过|违反)…(指令|指示|规则|提示|命令|限制|要求)", "(显示|告诉我|输出|泄露|重复|打印)…(系统提示|系统指令|隐藏指令|初始指令|提示词)", "(指示|命令|ルール|規則|指令|制限|プロンプト)…(無視|忘れ|破棄|従わな)", "(システムプロンプト|隠された指示)…(教え|表示|見せ|出力)",
    ];

    public static string[] KnownNames { get; } =
    [
        "do anything now", "(as|be|are|called|named|become|like|hello|hi|hey) dan", "dan (mode|would|can|has|is|does|will|never|jailbreak)", "d a n", "(dev|developer|god|sudo|root|debug|admin|administrator|maintenance|unlocked|opposite|chaos|jailbreak|unrestricted|unfiltered|uncensored|override) mode", "jail ?break(ing|s|en)?", "jail ?broken",
        "(stan|aim|dude|ucar|kevin|mongo tom|evilbot|evil bot|betterdan|antigpt|anti gpt|chaosgpt|freedomgpt|basedgpt|darkgpt|wormgpt|fraudgpt|machiavelli|machiavellianbot) (mode|prompt|jailbreak|persona)", "(betterdan|antigpt|evilbot|basedgpt|chaosgpt|wormgpt|fraudgpt|machiavellianbot|sydney mode|stan strives|strive to avoid norms)", "always intelligent and machiavellian",
        "grandma (exploit|trick)", "(dead|deceased|late) grand(ma|mother)~(napalm|recipe|keys|bedtime|used to)", "token (system|game)~(lose|die|deducted|deduct|tokens)", "(system|hidden|initial|secret|original|developer) (prompt|message)", "prompt injection", "system override", "override (code|key|protocol|authori[sz]ation|sequence)",
        "(safety|content|ethical|moderation|alignment) (filters?|guidelines|polic(y|ies)|protocols?|training|restrictions|measures|constraints|safeguards|guardrails|rules)", "(openai|anthropic|google|microsoft|meta)( s)? (polic(y|ies)|guidelines|rules|content polic(y|ies)|restrictions)", "(your|the) (safeguards|guardrails|moderation)", "(clearance|debug|access) (level|code)~(override|alpha|omega|root|admin)",
        "(entwicklermodus|entwickler modus|gottmodus|systemprompt|sicherheitsrichtlinien|sicherheitsfilter|inhaltsrichtlinien)", "(mode developpeur|prompt systeme|filtres de securite|regles de securite|politique de contenu|politiques de contenu)", "(modo desarrollador|modo dios|prompt del sistema|filtros de seguridad|politicas de contenido|politica de contenido|normas de seguridad)", "(modalita sviluppatore|prompt di sistema|filtri di sicurezza|politiche sui contenuti)",
        "(modo desenvolvedor|modo de desenvolvedor|prompt do sistema|filtros de seguranca|politicas de conteudo)", "(ontwikkelaarsmodus|systeemprompt|veiligheidsfilters|veiligheidsrichtlijnen)", "(tryb deweloper(a|ski)|prompt systemowy|filtry bezpieczenstwa|zasady bezpieczenstwa)", "(режим разработчика|режим бога|джейлбрейк|системный промпт|фильтры безопасности|правила безопасности|политику безопасности)", "(gelistirici modu|sistem istemi|guvenlik filtreleri)",
        "(开发者模式|越狱|系统提示|安全(限制|准则|规则|策略|过滤)|内容政策|开发人员模式)", "(開発者モード|脱獄|ジェイルブレイク|システムプロンプト|安全(ガイドライン|フィルター|対策))",
    ];

    private const string Verbs =
        "(ignore|ignoring|disregard|disregarding|forget|override|bypass|bypassing|discard|dismiss|drop|skip|neglect|set aside|throw out|throw away|erase|delete|cancel|nullify|abandon|overrule|disobey|pay no attention to|wipe|reset|overwrite|omit)";

    private const string Objects =
        "(instructions?|prompts?|rules|guidelines|directives?|commands?|orders|guardrails|safeguards|restrictions|constraints|polic(y|ies)|programming|training|filters?|system message|directions|context)";
}
