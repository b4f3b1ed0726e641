namespace AiObs.Events;

/// <summary>Estimates how many bytes of memory an event takes while it waits.</summary>
internal static class EventSize
{
    /// <summary>What an event takes beside its texts.</summary>
    private const int Frame = 256;

    /// <summary>What a value takes beside its text.</summary>
    private const int Value = 64;

    public static long Of(AgentEvent item) =>
        Frame
        + OfText(item.Type)
        + OfText(item.Content)
        + OfText(item.ConversationId)
        + OfText(item.UserId)
        + OfText(item.SessionId)
        + ((item.Data as ISizedData)?.Size ?? OfValue(item.Data));

    public static long OfText(string? text) => text is null ? 0 : text.Length * (long)sizeof(char);

    public static long OfValue(object? value) => Value + value switch
    {
        string text => OfText(text),
        IEnumerable<KeyValuePair<string, object?>> members => members.Sum(static member => OfText(member.Key) + OfValue(member.Value)),
        IEnumerable<object?> items => items.Sum(OfValue),
        _ => 0,
    };
}
