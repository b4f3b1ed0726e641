using System.Globalization;
using System.Text.RegularExpressions;

namespace AiObs.Soak.Load;

/// <summary>Writes what runs say, finds the run again in it, and knows what must never be seen of it.</summary>
internal static partial class RunText
{
    /// <summary>Stands in every text; redaction has to take it out.</summary>
    public const string Secret = "@secret.example.com";

    private const string ConversationPrefix = "run-";

    public static string Prompt(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"[run {number}] Please write to person{number}{Secret} what the harbour looks like today.");

    public static string Piece(long number, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"piece {index} for person{number}{Secret}, ");

    public static string Conversation(long number) => string.Create(CultureInfo.InvariantCulture, $"{ConversationPrefix}{number}");

    /// <summary>Returns the run whose text this is, or the body of a request that has it; null when it is none.</summary>
    public static long? FindRun(string text) =>
        RunPattern().Match(text) is { Success: true } match ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>Returns the run that a conversation is; null when it is none.</summary>
    public static long? RunOf(string? conversation) =>
        conversation is not null
        && conversation.StartsWith(ConversationPrefix, StringComparison.Ordinal)
        && long.TryParse(conversation.AsSpan(ConversationPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex(@"\[run (\d+)\]")]
    private static partial Regex RunPattern();
}
