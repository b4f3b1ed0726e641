namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Keeps words of a vocabulary, such as roles and kinds of parts, and nothing that might be content in the place of one.</summary>
internal static class Words
{
    public const string Unknown = "unknown";

    private const int MaxLength = 64;

    /// <summary>Returns the word; <see langword="null"/> where there is none.</summary>
    public static string? Of(string? word) => string.IsNullOrEmpty(word)
        ? null
        : word.Length <= MaxLength && word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? word : Unknown;
}
