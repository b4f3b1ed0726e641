using AiObs.Operations;
using AiObs.Store.Events;

namespace AiObs.Store.Traces;

/// <summary>The filters of a query of durations in the form in which stores keep what they are compared with.</summary>
internal sealed class LatencyFilter
{
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    public LatencyFilter(LatencyQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        FirstHour = query.After is { } after ? LatencyKey.HourOf(after) : null;
        LastHour = query.Before is { } before ? LatencyKey.HourOf(before) : null;
        Kind = query.Kind;
        Provider = StoredText.Id(query.Provider);
        Model = StoredText.Id(query.Model);
        Agent = StoredText.Id(query.Agent);
        Tool = StoredText.Id(query.Tool);
    }

    public long? FirstHour { get; }

    public long? LastHour { get; }

    public OperationKind? Kind { get; }

    public string? Provider { get; }

    public string? Model { get; }

    public string? Agent { get; }

    public string? Tool { get; }

    public bool Matches(LatencyKey key) =>
        (FirstHour is null || key.Hour >= FirstHour)
        && (LastHour is null || key.Hour <= LastHour)
        && (Kind is null || key.Kind == Kind)
        && Holds(Provider, key.Provider)
        && Holds(Model, key.Model)
        && Holds(Agent, key.Agent)
        && Holds(Tool, key.Tool);

    private static bool Holds(string? wanted, string? actual) => wanted is null || wanted == actual;
}
