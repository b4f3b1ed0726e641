namespace AiObs.Operations;

/// <summary>What only the library says that ran an operation. In an object of its own, because ours have none of it.</summary>
internal sealed class ForeignDetails
{
    /// <summary>Gets or sets its <c>gen_ai.operation.name</c>; <see langword="null"/> where the kind tells it.</summary>
    public string? GenAIName { get; set; }

    /// <summary>Gets why each of several choices ended; <see langword="null"/> where <see cref="ChatOperation.FinishReason"/> says it all.</summary>
    public string[]? FinishReasons { get; init; }

    /// <summary>Gets or sets a value indicating whether the library measures tokens and durations of its calls itself.</summary>
    public bool MeasuresCalls { get; set; }
}
