using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Tracing;

/// <summary>What is known when a model has answered.</summary>
public sealed record LlmStop : SpanStop
{
    /// <summary>Gets what the model answered; for a completion, one message per choice.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>Gets the tokens used.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets what the call cost, in USD, where the provider says so.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Gets why the model stopped, in the provider's word.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Gets the model that answered.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>Gets the provider's id of the response.</summary>
    public string? ResponseId { get; init; }

    /// <summary>Reads the end of a model call from its response.</summary>
    /// <param name="response">The response.</param>
    /// <returns>What the response says.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="response"/> is <see langword="null"/>.</exception>
    public static LlmStop From(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new()
        {
            Messages = [.. response.Messages],
            Usage = response.Usage,
            FinishReason = response.FinishReason?.Value,
            ResponseModel = response.ModelId,
            ResponseId = response.ResponseId,
        };
    }

    internal override void Apply(TracerParts parts, AgentOperation operation)
    {
        var chat = (ChatOperation)operation;
        chat.ResponseModel = ResponseModel;
        chat.ResponseId = ResponseId;
        chat.FinishReason = FinishReason;
        chat.ReportedCost = Cost;
        chat.Usage = UsageNormalizer.Normalize(Usage, chat.Endpoint.Provider);
        if (Messages is not null)
        {
            parts.Messages.RecordResponse(chat, [.. Messages], isWhole: true);
        }
    }
}
