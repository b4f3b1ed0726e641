namespace AiObs.Store;

/// <summary>What memory did to the history of a turn, in the order of the messages.</summary>
public sealed record MemoryRecord
{
    /// <summary>Gets the decisions.</summary>
    public required IReadOnlyList<MemoryRange> Decisions { get; init; }

    /// <summary>Gets how many tokens the history takes.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>Gets how many tokens the model was shown.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>Gets a value indicating whether the tokens are an estimate, and not the provider's or a tokenizer's count.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Gets the model.</summary>
    public string? Model { get; init; }

    /// <summary>Gets how many tokens the model takes; <see langword="null"/> where that is not known.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the SHA-256 over the ids of what the model was shown, in order, in lower-case hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }
}
