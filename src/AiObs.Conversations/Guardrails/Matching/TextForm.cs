namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>How much of how a text is written does not count.</summary>
internal enum TextForm
{
    /// <summary>What nobody sees is left out, and compatible forms such as full-width letters are the usual ones (NFKC).</summary>
    Clean,

    /// <summary>Beyond that case, accents and look-alikes of Latin letters do not count, and any white space is one space.</summary>
    Folded,
}
