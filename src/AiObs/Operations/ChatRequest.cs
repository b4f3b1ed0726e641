namespace AiObs.Operations;

/// <summary>The options of a chat request that say how to answer, not what; none of them holds content.</summary>
public sealed record ChatRequest
{
    /// <summary>Gets the request without any option set.</summary>
    public static ChatRequest Default { get; } = new();

    /// <summary>Gets the sampling temperature.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the nucleus sampling probability.</summary>
    public double? TopP { get; init; }

    /// <summary>Gets how many of the likeliest tokens are considered.</summary>
    public int? TopK { get; init; }

    /// <summary>Gets the most output tokens allowed.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets the frequency penalty.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>Gets the presence penalty.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Gets the seed.</summary>
    public long? Seed { get; init; }

    /// <summary>Gets the sequences that end the output.</summary>
    public string[]? StopSequences { get; init; }

    /// <summary>Gets the requested output type, <c>text</c> or <c>json</c>.</summary>
    public string? OutputType { get; init; }

    /// <summary>Gets the requested reasoning effort: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c> or the provider's word for more.</summary>
    public string? ReasoningLevel { get; init; }

    /// <summary>Gets the response that this request continues, where the provider keeps responses.</summary>
    public string? PreviousResponseId { get; init; }

    /// <summary>Gets how many answers were asked for; <see langword="null"/> for one.</summary>
    public int? ChoiceCount { get; init; }

    /// <summary>Gets how tools may be chosen: <c>auto</c>, <c>none</c>, <c>required</c> or the name of the required function.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Gets whether several tools may be called in one answer.</summary>
    public bool? AllowMultipleToolCalls { get; init; }
}
