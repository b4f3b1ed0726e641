using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>The metrics of model calls. Their names differ between profiles; only those of the chosen one exist.</summary>
internal sealed class ModelMetrics
{
    private readonly Histogram<double> _chatDuration;
    private readonly Histogram<double> _otherDuration;
    private readonly Histogram<double> _timeToFirstChunk;
    private readonly Histogram<double> _timePerOutputChunk;
    private readonly ITokenMetrics _tokens;

    public ModelMetrics(Meter meter, GenAIProfile profile)
    {
        var isLatest = profile == GenAIProfile.Latest;
        _otherDuration = meter.Histogram(
            "gen_ai.client.operation.duration", "s", "Duration of a call of a model.", tags: null, Buckets.CallSeconds);
        _chatDuration = isLatest
            ? meter.Histogram("gen_ai.client.inference.duration", "s", "Duration of an inference call.", tags: null, Buckets.CallSeconds)
            : _otherDuration;
        const string First = "Time from the request to the first update of a stream.";
        const string Further = "Time that each further update of a stream took.";
        _timeToFirstChunk = isLatest
            ? meter.Histogram("gen_ai.client.inference.time_to_first_chunk", "s", First, tags: null, Buckets.CallSeconds)
            : meter.Histogram("gen_ai.client.operation.time_to_first_chunk", "s", First, tags: null, Buckets.CallSeconds);
        _timePerOutputChunk = isLatest
            ? meter.Histogram("gen_ai.client.inference.time_per_output_chunk", "s", Further, tags: null, Buckets.CallSeconds)
            : meter.Histogram("gen_ai.client.operation.time_per_output_chunk", "s", Further, tags: null, Buckets.CallSeconds);
        _tokens = isLatest ? new TokenCounters(meter) : new TokenHistogram(meter);
    }

    public bool Enabled =>
        _chatDuration.Enabled || _otherDuration.Enabled || _timeToFirstChunk.Enabled || _timePerOutputChunk.Enabled || _tokens.Enabled;

    public bool WantsChunks => _timePerOutputChunk.Enabled;

    public ChunkTimer TimeChunks(in TagList tags, TimeProvider clock, Faults faults) => new(_timePerOutputChunk, [.. tags], clock, faults);

    public void Record(ModelOperation operation, TagList tags)
    {
        var isFetch = operation is ChatOperation { IsFetch: true };
        if (operation is ChatOperation { TimeToFirstChunk: { } timeToFirstChunk } && !isFetch)
        {
            _timeToFirstChunk.Record(timeToFirstChunk.TotalSeconds, tags);
        }

        _tokens.Record(operation, tags);
        if (operation.Error is { } error)
        {
            tags.Add(GenAiAttributes.ErrorType, error.Type);
        }

        (operation is ChatOperation && !isFetch ? _chatDuration : _otherDuration).Record(operation.Duration.TotalSeconds, tags);
    }
}
