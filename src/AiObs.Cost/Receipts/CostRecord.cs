using System.Runtime.InteropServices;
using AiObs.Operations;

namespace AiObs.Cost;

/// <summary>What one model call cost, for whom, and how that was found. A record is never changed; see <see cref="Corrects"/>.</summary>
public sealed record CostRecord
{
    /// <summary>Gets the id of the record.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the id of the call. Recording a call twice leaves one record.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets when the call started.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets what kind of call it was: a chat or an embedding.</summary>
    public OperationKind Operation { get; init; } = OperationKind.Chat;

    /// <summary>Gets who served the call, in the spelling of <c>gen_ai.provider.name</c>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the model that was asked for.</summary>
    public string? RequestModel { get; init; }

    /// <summary>Gets the model that answered.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>Gets the model that the record counts to: the one that answered, else the one that was asked for.</summary>
    public string? Model => ResponseModel ?? RequestModel;

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the end user, or the keyed hash that privacy options put in the place of the name.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the tags of the context.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets the metadata of the context that <see cref="AgentObservabilityOptions.RecordedMetadataKeys"/> names, as text; <see langword="null"/> where there is none.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Gets the agent that the call was made in, by name; <see langword="null"/> outside of agents, and where the agent has no name.</summary>
    public string? AgentName { get; init; }

    /// <summary>Gets the trace that the call's span belongs to, as 32 hex digits; <see langword="null"/> where there is no span.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the call's span, as 16 hex digits; <see langword="null"/> where there is none.</summary>
    public string? SpanId { get; init; }

    /// <summary>Gets the currency of all amounts, always <c>USD</c> in this version.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Gets what the call cost; the difference where the record is a correction; <see langword="null"/> when unpriced.</summary>
    public decimal? Total { get; init; }

    /// <summary>Gets what the provider said that the call cost, beside what was computed; <see langword="null"/> when it did not say.</summary>
    public decimal? ReportedTotal { get; init; }

    /// <summary>Gets where the amount came from: the source of the price, or <see cref="PriceSource.Reported"/> where the provider's word stands in place of it.</summary>
    public PriceSource Source => IsReported ? PriceSource.Reported : Receipt.Source;

    /// <summary>Gets how far the amount can be trusted.</summary>
    public CostCompleteness Completeness => IsConfirmed ? CostCompleteness.Exact : Receipt.Completeness;

    /// <summary>Gets how the amount came about; where the provider's word stands in place of it, what was computed beside it.</summary>
    public required CostReceipt Receipt { get; init; }

    /// <summary>Gets the id of the record that this one corrects; the sum of both is the right amount.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>Gets how far the amount that this one corrects could be trusted, so that sums can tell what has become known; <see langword="null"/> unless the record is a correction.</summary>
    public CostCompleteness? CorrectedCompleteness { get; init; }

    /// <summary>Returns what spans, metrics and events say of it.</summary>
    internal CallCost ToCallCost()
    {
        // Parts that were computed are no parts of an amount that somebody else computed.
        var computed = IsReported ? null : Receipt;
        return new CallCost
        {
            Total = Total,
            Input = computed?.Input,
            Output = computed?.Output,
            Source = Source,
            Completeness = Completeness,
            Rule = Receipt.Rule,
            Lines = computed is null ? [] : ImmutableCollectionsMarshal.AsImmutableArray(computed.Lines as CostLine[] ?? [.. computed.Lines]),
            RecordId = Id,
            Record = this,
        };
    }

    private bool IsReported => IsConfirmed && Receipt.Total != ReportedTotal;

    // The amount is the provider's own, whether or not the computed one is the same.
    private bool IsConfirmed => Corrects is null && ReportedTotal is not null && Total == ReportedTotal;
}
