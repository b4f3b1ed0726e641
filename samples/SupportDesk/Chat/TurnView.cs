namespace SupportDesk.Chat;

/// <summary>Is what was recorded of an answer, as the page shows it.</summary>
/// <param name="TraceId">The trace of the answer.</param>
/// <param name="Calls">The model calls.</param>
/// <param name="Events">The events.</param>
internal sealed record TurnView(string TraceId, IReadOnlyList<TurnView.Call> Calls, IReadOnlyList<TurnView.Happening> Events)
{
    /// <summary>Is a model call.</summary>
    /// <param name="Model">The model that answered.</param>
    /// <param name="Usd">How many USD it cost; null where that is not known.</param>
    /// <param name="Receipt">How the amount came about.</param>
    public sealed record Call(string? Model, decimal? Usd, string Receipt);

    /// <summary>Is an event.</summary>
    /// <param name="Time">When it happened.</param>
    /// <param name="Type">What happened.</param>
    /// <param name="Data">Its facts.</param>
    public sealed record Happening(DateTimeOffset Time, string Type, IReadOnlyDictionary<string, object?> Data);
}
