using System.Collections.Immutable;

namespace AiObs.Operations;

/// <summary>What a model call cost, as spans, metrics and events say it.</summary>
public sealed class CallCost
{
    private object? _box;

    /// <summary>Gets what the call cost in USD; <see langword="null"/> when unpriced, which is not the same as zero.</summary>
    public decimal? Total { get; init; }

    /// <summary>Gets what the input cost in USD; <see langword="null"/> when unpriced.</summary>
    public decimal? Input { get; init; }

    /// <summary>Gets what the output cost in USD; <see langword="null"/> when unpriced.</summary>
    public decimal? Output { get; init; }

    /// <summary>Gets where the amount came from.</summary>
    public PriceSource Source { get; init; }

    /// <summary>Gets how far the amount can be trusted.</summary>
    public CostCompleteness Completeness { get; init; }

    /// <summary>Gets the entry of the price data that matched; <see langword="null"/> when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>Gets the parts that the amount is the sum of; empty where it was not computed.</summary>
    public ImmutableArray<CostLine> Lines { get; init; } = [];

    /// <summary>Gets the id of the record that is kept of it.</summary>
    public Guid RecordId { get; init; }

    /// <summary>Gets the record itself, of the type that whoever priced the call keeps.</summary>
    public object? Record { get; init; }

    /// <summary>Gets the total as it stands on spans, in a box that all conventions share.</summary>
    internal object? TotalOnSpans => Total is { } known ? _box ??= (double)known : null;
}
