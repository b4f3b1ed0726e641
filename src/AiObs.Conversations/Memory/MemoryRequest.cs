namespace AiObs.Memory;

/// <summary>What memory needs to know of the call that the messages are for.</summary>
public sealed record MemoryRequest
{
    /// <summary>Gets the model.</summary>
    /// <value>The default is <see langword="null"/>: unknown; then nothing is known of its context window either.</value>
    public string? Model { get; init; }

    /// <summary>Gets how many tokens the model takes, input and output together.</summary>
    /// <value>The default is <see langword="null"/>: what the price data says of <see cref="Model"/>.</value>
    public int? ContextWindow { get; init; }

    /// <summary>Gets how many tokens the answer may take; they are kept free.</summary>
    /// <value>The default is 0.</value>
    public int MaxOutputTokens { get; init; }

    /// <summary>Gets how many tokens go with the messages: tools, and instructions that are no message.</summary>
    /// <value>The default is 0.</value>
    public int ReservedTokens { get; init; }

    /// <summary>Gets what counts the tokens of messages that the provider reported no number for.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="ITokenCounter.Estimate"/>.</value>
    public ITokenCounter? TokenCounter { get; init; }

    /// <summary>Gets what follows when a strategy throws.</summary>
    /// <value>The default is <see cref="MemoryFailureMode.Fail"/>.</value>
    public MemoryFailureMode OnFailure { get; init; }

    /// <summary>Gets a value indicating whether a tool call that has no result gets one that says so, instead of being left out.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AnswerMissingResults { get; init; }
}
