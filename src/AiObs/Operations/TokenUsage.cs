namespace AiObs.Operations;

/// <summary>Token counts of one model call. Input and output are totals; the others are parts of them. Unknown is <see langword="null"/>, never 0.</summary>
public sealed record TokenUsage
{
    /// <summary>Gets all input tokens, cached ones included.</summary>
    public long? Input { get; init; }

    /// <summary>Gets all output tokens, reasoning included.</summary>
    public long? Output { get; init; }

    /// <summary>Gets the sum of <see cref="Input"/> and <see cref="Output"/>, or the provider's total where a part is unknown.</summary>
    public long? Total { get; init; }

    /// <summary>Gets the part of the input that was read from a cache.</summary>
    public long? CacheRead { get; init; }

    /// <summary>Gets the part of the input that was written to a cache.</summary>
    public long? CacheWrite { get; init; }

    /// <summary>Gets the part of the output that was spent on reasoning.</summary>
    public long? Reasoning { get; init; }

    /// <summary>Gets the part of the input that is audio.</summary>
    public long? InputAudio { get; init; }

    /// <summary>Gets the part of the input that is text.</summary>
    public long? InputText { get; init; }

    /// <summary>Gets the part of the output that is audio.</summary>
    public long? OutputAudio { get; init; }

    /// <summary>Gets the part of the output that is text.</summary>
    public long? OutputText { get; init; }

    /// <summary>Gets the provider's further counts under its own names; <see langword="null"/> when there are none.</summary>
    public IReadOnlyDictionary<string, long>? AdditionalCounts { get; init; }

    /// <summary>Adds the usage of another call; what neither of them knows stays unknown.</summary>
    internal TokenUsage Plus(TokenUsage other) => new()
    {
        Input = Sum(Input, other.Input),
        Output = Sum(Output, other.Output),
        Total = Sum(Total, other.Total),
        CacheRead = Sum(CacheRead, other.CacheRead),
        CacheWrite = Sum(CacheWrite, other.CacheWrite),
        Reasoning = Sum(Reasoning, other.Reasoning),
        InputAudio = Sum(InputAudio, other.InputAudio),
        InputText = Sum(InputText, other.InputText),
        OutputAudio = Sum(OutputAudio, other.OutputAudio),
        OutputText = Sum(OutputText, other.OutputText),
        AdditionalCounts = Sum(AdditionalCounts, other.AdditionalCounts),
    };

    private static long? Sum(long? one, long? other) => one is { } left && other is { } right ? Sum(left, right) : one ?? other;

    /// <summary>Stops at the largest number: absurd counts of a provider must not turn a sum negative.</summary>
    private static long Sum(long one, long other) => (long)Int128.Min((Int128)one + other, long.MaxValue);

    private static IReadOnlyDictionary<string, long>? Sum(
        IReadOnlyDictionary<string, long>? one, IReadOnlyDictionary<string, long>? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        var sum = new Dictionary<string, long>(one, StringComparer.Ordinal);
        foreach (var (key, count) in other)
        {
            sum[key] = Sum(sum.GetValueOrDefault(key), count);
        }

        return sum;
    }
}
