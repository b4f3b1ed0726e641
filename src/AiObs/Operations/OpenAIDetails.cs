namespace AiObs.Operations;

/// <summary>What OpenAI's protocol says of a chat that no other protocol has; known where the protocol itself is observed.</summary>
/// <param name="apiType">Which interface was called, <c>chat_completions</c> or <c>responses</c>.</param>
/// <param name="requestedTier">The service tier that was asked for.</param>
internal sealed class OpenAIDetails(string apiType, string? requestedTier)
{
    public string ApiType => apiType;

    public string? RequestedTier => requestedTier;

    /// <summary>Gets or sets the service tier that served the call.</summary>
    public string? ServedTier { get; set; }

    /// <summary>Gets or sets the configuration of the backend that served the call.</summary>
    public string? SystemFingerprint { get; set; }
}
