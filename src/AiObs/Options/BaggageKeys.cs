namespace AiObs;

/// <summary>The baggage that carries an <see cref="AgentContext"/> from one process to the next.</summary>
internal static class BaggageKeys
{
    public const string ConversationId = "aiobs.conversation_id";
    public const string UserId = "aiobs.user_id";
    public const string SessionId = "aiobs.session_id";
    public const string Tags = "aiobs.tags";

    /// <summary>The part of the metric <c>aiobs.drops</c> that counts what was too long.</summary>
    public const string Part = "baggage";

    /// <summary>What all baggage of a request may have together, in bytes: what every recipient has to take, by the W3C.</summary>
    public const int MostBytes = 8192;

    private const char TagSeparator = ',';

    public static IReadOnlyList<string> All { get; } = [ConversationId, UserId, SessionId, Tags];

    /// <summary>Writes tags as one value.</summary>
    public static string? Join(IReadOnlyList<string>? tags) => tags is { Count: > 0 } ? string.Join(TagSeparator, tags.Select(Uri.EscapeDataString)) : null;

    /// <summary>Reads what <see cref="Join"/> wrote.</summary>
    public static IReadOnlyList<string>? Split(string? tags) => tags is null ? null : [.. tags.Split(TagSeparator).Select(Uri.UnescapeDataString)];
}
