namespace AiObs.Operations;

/// <summary>Token counts of one model call. Input and output are totals; the others are parts of them. Unknown is <see langword="null"/>, never 0.</summary>
public sealed record TokenUsage
{
    /// <summary>Gets all input tokens, cached ones included.</summary>
    public long? Input
    {
        get => (long?)InputBox;
        init => InputBox = Box(value);
    }

    /// <summary>Gets all output tokens, reasoning included.</summary>
    public long? Output
    {
        get => (long?)OutputBox;
        init => OutputBox = Box(value);
    }

    /// <summary>Gets the sum of <see cref="Input"/> and <see cref="Output"/>, or the provider's total where a part is unknown, or where it is larger and no part says why.</summary>
    public long? Total
    {
        get => (long?)TotalBox;
        init => TotalBox = Box(value);
    }

    /// <summary>Gets the part of the input that was read from a cache.</summary>
    public long? CacheRead
    {
        get => (long?)CacheReadBox;
        init => CacheReadBox = Box(value);
    }

    /// <summary>Gets the part of the input that was written to a cache.</summary>
    public long? CacheWrite
    {
        get => (long?)CacheWriteBox;
        init => CacheWriteBox = Box(value);
    }

    /// <summary>Gets the part of the output that was spent on reasoning.</summary>
    public long? Reasoning
    {
        get => (long?)ReasoningBox;
        init => ReasoningBox = Box(value);
    }

    /// <summary>Gets the part of the input that is audio.</summary>
    public long? InputAudio
    {
        get => (long?)InputAudioBox;
        init => Modalities = value is null && Modalities is null ? null : (Modalities ?? new()) with { InputAudio = Box(value) };
    }

    /// <summary>Gets the part of the input that is text.</summary>
    public long? InputText
    {
        get => (long?)InputTextBox;
        init => Modalities = value is null && Modalities is null ? null : (Modalities ?? new()) with { InputText = Box(value) };
    }

    /// <summary>Gets the part of the output that is audio.</summary>
    public long? OutputAudio
    {
        get => (long?)OutputAudioBox;
        init => Modalities = value is null && Modalities is null ? null : (Modalities ?? new()) with { OutputAudio = Box(value) };
    }

    /// <summary>Gets the part of the output that is text.</summary>
    public long? OutputText
    {
        get => (long?)OutputTextBox;
        init => Modalities = value is null && Modalities is null ? null : (Modalities ?? new()) with { OutputText = Box(value) };
    }

    /// <summary>Gets the provider's further counts under its own names; <see langword="null"/> when there are none.</summary>
    public IReadOnlyDictionary<string, long>? AdditionalCounts { get; init; }

    // The counts are kept in boxes, as they are wanted there: every convention puts them on the span, and all can put the same box.
    internal object? InputBox { get; private init; }

    internal object? OutputBox { get; private init; }

    internal object? TotalBox { get; private init; }

    internal object? CacheReadBox { get; private init; }

    internal object? CacheWriteBox { get; private init; }

    internal object? ReasoningBox { get; private init; }

    internal object? InputAudioBox => Modalities?.InputAudio;

    internal object? InputTextBox => Modalities?.InputText;

    internal object? OutputAudioBox => Modalities?.OutputAudio;

    internal object? OutputTextBox => Modalities?.OutputText;

    /// <summary>Gets a value indicating whether more cached tokens were reported than there were tokens, of which they are a part; what is more was cut off.</summary>
    internal bool IsCacheCut
    {
        get => Modalities is { IsCacheCut: true };
        init => Modalities = value ? (Modalities ?? new()) with { IsCacheCut = true } : Modalities;
    }

    /// <summary>Gets a value indicating whether what a model thought may be in no count: the provider has it in the total alone, which was not reported.</summary>
    internal bool LacksThoughts
    {
        get => Modalities is { LacksThoughts: true };
        init => Modalities = value ? (Modalities ?? new()) with { LacksThoughts = true } : Modalities;
    }

    private TokenModalities? Modalities { get; init; }

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
        IsCacheCut = IsCacheCut || other.IsCacheCut,
        LacksThoughts = LacksThoughts || other.LacksThoughts,
    };

#pragma warning disable CA1859 // The box is what is wanted: two conventions write it.
    // Unpacked first, because the runtime boxes what may be empty by a slow way of its own.
    private static object? Box(long? value) => value is { } known ? (object)known : null;
#pragma warning restore CA1859

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
