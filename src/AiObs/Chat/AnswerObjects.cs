using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Reads what the objects of a provider's SDK say of an answer beyond what the adapter passes on, and whether there are any.</summary>
/// <param name="pipeline">What carries the operations.</param>
/// <param name="isSum">Whether answers are sums of several, as those of a function loop, of which the last object says less.</param>
internal sealed class AnswerObjects(OperationPipeline pipeline, bool isSum)
{
    private readonly ReplayWatch _replays = new(pipeline.Answers);

    /// <summary>Gets what reads the objects; <see langword="null"/> where they say less than the answer.</summary>
    public UsageReaders? Usages { get; } = isSum ? null : new UsageReaders(pipeline.Options.GetUsageReaders(), pipeline.Faults);

    /// <summary>Returns the usage of an answer, and notes on its operation how it was served.</summary>
    public UsageDetails? Read(ChatOperation operation, ChatResponse response)
    {
        var raw = default(ReportedUsage);
        if (response.RawRepresentation is { } source && Usages?.TryRead(source, ref raw) is true)
        {
            NoteTerms(operation, in raw);
        }

        return UsageMerge.Merge(response.Usage, in raw, HostedToolCalls.In(response.Messages));
    }

    /// <summary>Returns the usage of a stream, and notes on its operation how it was served.</summary>
    public static UsageDetails? Read(ChatOperation operation, StreamAccumulator updates)
    {
        if (updates.Raw is { } raw)
        {
            NoteTerms(operation, in raw.Said);
        }

        return updates.WholeUsage;
    }

    /// <summary>Notes whether an answer is one that a cache has kept: what it says of usage was used, and counted, when a model gave it.</summary>
    public void NoteOrigin(ChatOperation operation, bool hasObject, DateTimeOffset? madeAt)
    {
        operation.IsReplay = _replays.IsReplay(operation, hasObject, operation.ResponseId, madeAt);
        operation.Usage = operation.IsReplay ? null : operation.Usage;
    }

    private static void NoteTerms(ChatOperation operation, in ReportedUsage raw)
    {
        operation.ServiceTier = raw.ServiceTier ?? operation.ServiceTier;
        operation.Region = raw.Region ?? operation.Region;
        operation.Speed = raw.Speed ?? operation.Speed;
        operation.ReportedCost ??= raw.Cost > 0 ? raw.Cost : null;
    }
}
