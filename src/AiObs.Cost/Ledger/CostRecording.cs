using AiObs.Cost.Pricing;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>What a response or a usage does not tell of its call. What is <see langword="null"/> here comes from <see cref="AgentContext.Current"/>, or stays unknown.</summary>
public sealed record CostRecording
{
    /// <summary>Gets the id of the call. Recording the same call twice leaves one record.</summary>
    /// <value>By default the id of the response; where it has none, a new one.</value>
    public string? CallId { get; init; }

    /// <summary>Gets when the call started; some prices change by date or by time of day.</summary>
    /// <value>By default now.</value>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Gets what kind of call a usage is of; a chat response is of a chat.</summary>
    /// <value>The default is <see cref="OperationKind.Chat"/>; the other one is <see cref="OperationKind.Embeddings"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither.</exception>
    public OperationKind Operation
    {
        get;
        init => field = value is OperationKind.Chat or OperationKind.Embeddings
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Operation), value, "Only chats and embeddings have a price. Give Chat or Embeddings.");
    }

    /// <summary>Gets who served the call, such as <c>anthropic</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the address that was called, by which the provider can be told.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Gets the model that was asked for.</summary>
    public string? RequestModel { get; init; }

    /// <summary>Gets the model that answered.</summary>
    /// <value>By default what the response says.</value>
    public string? ResponseModel { get; init; }

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the end user; the record has the keyed hash where privacy options ask for one.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets free tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Gets the service tier, such as <c>batch</c>.</summary>
    /// <value>By default what the response says.</value>
    public string? ServiceTier { get; init; }

    /// <summary>Gets the region or data zone that served the call.</summary>
    /// <value>By default what the response says.</value>
    public string? Region { get; init; }

    /// <summary>Gets what the provider says that the call cost in USD.</summary>
    public decimal? ReportedTotal { get; init; }

    /// <summary>Gets the call's own source of prices, asked before every other.</summary>
    /// <value>By default that of <c>AgentContext.UsePricing</c>.</value>
    public IPricingProvider? Pricing { get; init; }

    /// <summary>Gets what was asked, for an estimate where a chat response has no usage; without it such a response stays unpriced.</summary>
    /// <remarks>Only its length is looked at; nothing of it is kept.</remarks>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }
}
