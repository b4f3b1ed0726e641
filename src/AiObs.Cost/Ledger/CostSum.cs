using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>Records added up. What is not known is counted apart, so that no unknown amount passes for zero.</summary>
/// <remarks>
/// A correction changes <see cref="Total"/> and the counts of what is unpriced, estimated or partial, but not
/// <see cref="CallCount"/> and the tokens: the call that it corrects has been counted.
/// </remarks>
public sealed record CostSum
{
    /// <summary>Gets the sum of no records.</summary>
    public static CostSum Zero { get; } = new();

    /// <summary>Gets the amount in USD of all that has a price; a lower bound when <see cref="UnpricedCount"/> or <see cref="PartialCount"/> is not 0.</summary>
    public decimal Total { get; init; }

    /// <summary>Gets the number of records, corrections included.</summary>
    public long RecordCount { get; init; }

    /// <summary>Gets the number of calls.</summary>
    public long CallCount { get; init; }

    /// <summary>Gets the number of calls without an amount; they add nothing to <see cref="Total"/>.</summary>
    public long UnpricedCount { get; init; }

    /// <summary>Gets the number of calls whose quantities were estimated.</summary>
    public long EstimatedCount { get; init; }

    /// <summary>Gets the number of calls whose amount is a lower bound.</summary>
    public long PartialCount { get; init; }

    /// <summary>Gets the number of calls of which neither input nor output tokens are known; they add nothing to the tokens.</summary>
    public long UnmeasuredCount { get; init; }

    /// <summary>Gets the input tokens of all calls that have a count, cached ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the output tokens of all calls that have a count, reasoning included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Makes the sum of one record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is <see langword="null"/>.</exception>
    public static CostSum Of(CostRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Zero.Add(record);
    }

    /// <summary>Adds two sums.</summary>
    /// <param name="other">The other sum.</param>
    /// <returns>The sum of both.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public CostSum Add(CostSum other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            Total = Total + other.Total,
            RecordCount = RecordCount + other.RecordCount,
            CallCount = CallCount + other.CallCount,
            UnpricedCount = UnpricedCount + other.UnpricedCount,
            EstimatedCount = EstimatedCount + other.EstimatedCount,
            PartialCount = PartialCount + other.PartialCount,
            UnmeasuredCount = UnmeasuredCount + other.UnmeasuredCount,
            InputTokens = AddTokens(InputTokens, other.InputTokens),
            OutputTokens = AddTokens(OutputTokens, other.OutputTokens),
        };
    }

    /// <summary>Adds a record; one allocation, as this runs on the thread of every call.</summary>
    internal CostSum Add(CostRecord record)
    {
        var isCall = record.Corrects is null;
        var input = isCall ? record.Receipt.Usage.CountOf(UsageUnits.Input) : null;
        var output = isCall ? record.Receipt.Usage.CountOf(UsageUnits.Output) : null;
        return new()
        {
            Total = Total + (record.Total ?? 0),
            RecordCount = RecordCount + 1,
            CallCount = CallCount + One(isCall),
            UnpricedCount = UnpricedCount + One(record.Total is null) - Corrected(record, CostCompleteness.Unpriced),
            EstimatedCount = EstimatedCount + Now(record, CostCompleteness.Estimated) - Corrected(record, CostCompleteness.Estimated),
            PartialCount = PartialCount + Now(record, CostCompleteness.Partial) - Corrected(record, CostCompleteness.Partial),
            UnmeasuredCount = UnmeasuredCount + One(isCall && input is null && output is null),
            InputTokens = AddTokens(InputTokens, input ?? 0),
            OutputTokens = AddTokens(OutputTokens, output ?? 0),
        };
    }

    private static int Now(CostRecord record, CostCompleteness completeness) => One(record.Completeness == completeness);

    private static int Corrected(CostRecord record, CostCompleteness completeness) => One(record.CorrectedCompleteness == completeness);

    private static int One(bool condition) => condition ? 1 : 0;

    /// <summary>Stops at the largest number: absurd counts of one provider must not turn the sum negative.</summary>
    private static long AddTokens(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
