using AiObs.Dashboard.Filters;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Latency;

/// <summary>By what durations are told apart.</summary>
/// <param name="Name">How it is written; that of the filter for its values, where there is one.</param>
/// <param name="Grouping">What the store calls it.</param>
/// <param name="Kinds">What is measured: durations of different kinds of operation say nothing together. Empty where the kinds are told apart.</param>
/// <param name="Measured">What is measured, in words.</param>
internal sealed record LatencyBy(string Name, LatencyGrouping Grouping, IReadOnlyList<OperationKind> Kinds, string Measured)
{
    public static LatencyBy Model { get; } = new(FilterNames.Model, LatencyGrouping.Model, [OperationKind.Chat, OperationKind.Embeddings], "model calls");

    public static LatencyBy Operation { get; } = new("operation", LatencyGrouping.Operation, [], "operations");

    public static LatencyBy Agent { get; } = new(FilterNames.Agent, LatencyGrouping.Agent, [OperationKind.Agent], "runs of agents");

    public static LatencyBy Tool { get; } = new(FilterNames.Tool, LatencyGrouping.Tool, [OperationKind.Tool], "tool calls");

    public static LatencyBy Provider { get; } = new(FilterNames.Provider, LatencyGrouping.Provider, Model.Kinds, "model calls");

    public static IReadOnlyList<LatencyBy> All { get; } = [Model, Operation, Agent, Tool, Provider];

    /// <summary>Gets the name at the head of a column.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <summary>Names a group.</summary>
    public string NameOf(LatencyGroup group) => group.Key switch
    {
        null => $"no {Name}",
        { } key when Grouping == LatencyGrouping.Operation && Enum.TryParse<OperationKind>(key, out var kind) => Text.Shown.Kind(kind),
        { } key => key,
    };
}
