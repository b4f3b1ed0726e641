namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>One way to read a text: as it stands, or what is encoded in it.</summary>
/// <param name="Text">What is read, with its places in the text.</param>
/// <param name="IsDecoded">Whether it was encoded.</param>
internal readonly record struct TextView(MappedText Text, bool IsDecoded)
{
    /// <summary>Returns the ways to read a text: as it stands first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">The form that each is brought into.</param>
    /// <param name="mostHidden">How many characters may be left out behind one another before they end a word.</param>
    public static IEnumerable<TextView> Of(string text, TextForm form, int mostHidden = Reach.MostHidden)
    {
        yield return new(TextNormalizer.Read(text, form, mostHidden), IsDecoded: false);
        foreach (var decoded in DecodedTexts.In(text))
        {
            yield return new(TextNormalizer.Read(decoded.Value, form, mostHidden).Over(decoded), IsDecoded: true);
        }
    }
}
