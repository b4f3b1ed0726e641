namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>How many characters of a text may stand for one that is compared, so that what is found has a longest length.</summary>
internal static class Reach
{
    /// <summary>How many characters that nobody sees, and how many spaces after a first, may follow one another. More end a word.</summary>
    public const int MostHidden = 6;

    /// <summary>The most for one character: three of a Korean syllable or of its percent-encoding, and what may be hidden behind it.</summary>
    public const int PerCharacter = 3 + MostHidden;

    /// <summary>What base64 needs to begin and to end within a group of four characters.</summary>
    private const int Groups = 8;

    /// <summary>Returns how many characters of a text a match has at most that has so many after normalisation, with the one behind it that tells whether a word ends.</summary>
    public static int Of(int characters) => checked((PerCharacter * (characters + 1)) + Groups);
}
