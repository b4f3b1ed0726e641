namespace FakeModelServer;

/// <summary>Describes the tokens of one call. Totals contain their parts, whatever the protocol does on the wire.</summary>
/// <remarks>Ollama's protocols carry the two totals alone, and neither when it is zero.</remarks>
public sealed record ModelUsage
{
    /// <summary>Gets all input tokens, cached and cache-written ones included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets all output tokens, reasoning ones included.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets the input tokens read from the prompt cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>Gets the input tokens written to the prompt cache. Chat completions do not carry them.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Gets the output tokens spent on reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Gets the audio tokens of the input. Only chat completions carry them.</summary>
    public long InputAudioTokens { get; init; }

    /// <summary>Gets the audio tokens of the output. Only chat completions carry them.</summary>
    public long OutputAudioTokens { get; init; }

    /// <summary>Gets the sum of input and output.</summary>
    public long TotalTokens => InputTokens + OutputTokens;

    /// <summary>Counts four characters as a token, so that an unscripted reply has plausible numbers that never change.</summary>
    internal static ModelUsage Estimate(ModelRequest request, ModelReply reply) => new()
    {
        InputTokens = EstimateTokens(request.Inputs.Concat(request.Messages.Select(message => message.Text))),
        OutputTokens = EstimateTokens(reply.ContentPieces),
        ReasoningTokens = EstimateTokens(reply.Reasoning),
    };

    private static long EstimateTokens(IEnumerable<string> texts) => (texts.Sum(text => text.Length) + 3) / 4;
}
