namespace AiObs.Operations;

/// <summary>What the protocol says of a call that no client passes on; known where the protocol itself is observed. In an object of its own, because few calls have it.</summary>
internal sealed class WireDetails
{
    /// <summary>Gets which of OpenAI's interfaces for chats was called, <c>chat_completions</c> or <c>responses</c>; <see langword="null"/> where it was none of them.</summary>
    public string? ApiType { get; init; }

    /// <summary>Gets the service tier that was asked for.</summary>
    public string? RequestedTier { get; init; }

    /// <summary>Gets or sets the service tier that served the call.</summary>
    public string? ServedTier { get; set; }

    /// <summary>Gets or sets the configuration of the backend that served the call.</summary>
    public string? SystemFingerprint { get; set; }

    /// <summary>Gets or sets the id that the provider gave the request.</summary>
    public string? RequestId { get; set; }

    /// <summary>Gets or sets how long the provider asked to wait.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Gets or sets the status of a response that runs on in the background, such as <c>queued</c>.</summary>
    public string? ResponseStatus { get; set; }

    /// <summary>Gets or sets the choices of the answer, in their order; <see langword="null"/> where there is one at most, as clients ask for.</summary>
    public IReadOnlyList<AnswerChoice>? Choices { get; set; }

    /// <summary>Gets or sets the provider's word for what went wrong, which says more than the type of an exception.</summary>
    public string? ErrorType { get; set; }
}
