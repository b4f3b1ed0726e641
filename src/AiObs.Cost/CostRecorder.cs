using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>Prices what somebody already holds just as if we had made the call: as an operation, only without a span.</summary>
internal sealed class CostRecorder(CostTracking costs, OperationPipeline pipeline) : ICostRecorder
{
    private static readonly CostRecording NoDetails = new();

    private readonly UsageReaders _usages = new(pipeline.Options.GetUsageReaders(), pipeline.Faults);

    public ValueTask<CostRecord> RecordAsync(
        ChatResponse response, CostRecording? details = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        details ??= NoDetails;
        var properties = response.AdditionalProperties;
        var raw = default(ReportedUsage);
        if (response.RawRepresentation is { } source)
        {
            _usages.TryRead(source, ref raw);
        }

        var usage = UsageMerge.Merge(response.Usage, in raw, HostedToolCalls.In(response.Messages));
        var endpoint = ModelEndpoint.From(details.Provider, details.Endpoint);
        var operation = new ChatOperation(endpoint, details.RequestModel, ChatRequest.Default)
        {
            ResponseModel = details.ResponseModel ?? response.ModelId,
            Usage = UsageNormalizer.Normalize(usage, endpoint.Provider),
            ServiceTier = details.ServiceTier ?? ServiceTierReader.Read(properties, request: null) ?? raw.ServiceTier,
            Region = details.Region ?? RegionReader.Read(properties, request: null) ?? raw.Region,
            Speed = SpeedReader.Read(properties, request: null) ?? raw.Speed,
        };
        operation.ReportedCost = raw.Cost;
        var ticket = costs.TicketOf(new CallRequest(operation, details.Messages is null ? null : [.. details.Messages], Options: null, Values: null), details.Pricing);
        ticket.Note(response);
        return RecordAsync(operation, ticket, details, response.ResponseId, cancellationToken);
    }

    public ValueTask<CostRecord> RecordAsync(UsageDetails? usage, CostRecording details, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(details);
        var endpoint = ModelEndpoint.From(details.Provider, details.Endpoint);
        ModelOperation operation = details.Operation == OperationKind.Embeddings
            ? new EmbeddingOperation(endpoint, details.RequestModel)
            : new ChatOperation(endpoint, details.RequestModel, ChatRequest.Default)
            {
                ServiceTier = details.ServiceTier,
                Region = details.Region,
            };
        operation.ResponseModel = details.ResponseModel;
        operation.Usage = UsageNormalizer.Normalize(usage, endpoint.Provider);
        var ticket = costs.TicketOf(new CallRequest(operation, Messages: null, Options: null, Values: null), details.Pricing);
        return RecordAsync(operation, ticket, details, responseId: null, cancellationToken);
    }

    private async ValueTask<CostRecord> RecordAsync(
        ModelOperation operation, CostTicket ticket, CostRecording details, string? responseId, CancellationToken cancellationToken)
    {
        operation.TakeIdsFrom(pipeline.Ids);
        operation.StartedAt = details.Time ?? pipeline.Clock.GetUtcNow();
        operation.Outcome = OperationOutcome.Completed;
        operation.ReportedCost = details.ReportedTotal ?? operation.ReportedCost;
        operation.Context = ReadContext(operation, details);
        var callId = details.CallId ?? (string.IsNullOrEmpty(responseId) ? operation.CallId : responseId);
        var record = costs.Price(operation, ticket) with { CallId = callId };
        operation.Cost = record.ToCallCost();
        if ((string.IsNullOrEmpty(responseId) ? details.CallId : responseId) is { } response && costs.Ledger.Responses.Has(response, record.Provider, pipeline.Clock.GetUtcNow()))
        {
            return record;
        }

        if (await costs.Store.RecordAsync(record, cancellationToken).ConfigureAwait(false))
        {
            costs.Accumulator.Add(record);
            Gathering<CostRecord>.Add(record);
            pipeline.Audience.RecordCost(operation);
        }

        return record;
    }

    private OperationContext ReadContext(ModelOperation operation, CostRecording details)
    {
        using (AgentContext.Begin(details.ConversationId, details.UserId, details.SessionId, details.Tags))
        {
            return pipeline.ReadContext(operation);
        }
    }
}
