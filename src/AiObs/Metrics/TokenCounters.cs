using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>Token usage in profile <see cref="GenAIProfile.Latest"/>: counters by modality, and histograms per operation. Without usage they record 0, as that profile asks.</summary>
internal sealed class TokenCounters : ITokenMetrics
{
    private readonly Counter<long> _input;
    private readonly Counter<long> _output;
    private readonly Counter<long> _cacheRead;
    private readonly Counter<long> _cacheWrite;
    private readonly Counter<long> _reasoning;
    private readonly Histogram<long> _inputPerOperation;
    private readonly Histogram<long> _outputPerOperation;

    public TokenCounters(Meter meter)
    {
        _input = meter.Counter<long>("gen_ai.client.inference.usage.input_tokens", "{token}", "Input tokens used, cached ones included.");
        _output = meter.Counter<long>("gen_ai.client.inference.usage.output_tokens", "{token}", "Output tokens used, reasoning included.");
        _cacheRead = meter.Counter<long>("gen_ai.client.inference.usage.cache_read.input_tokens", "{token}", "Input tokens read from a cache.");
        _cacheWrite = meter.Counter<long>("gen_ai.client.inference.usage.cache_write.input_tokens", "{token}", "Input tokens written to a cache.");
        _reasoning = meter.Counter<long>("gen_ai.client.inference.usage.reasoning.output_tokens", "{token}", "Output tokens spent on reasoning.");
        _inputPerOperation = meter.Histogram(
            "gen_ai.client.inference.operation.input_tokens", "{token}", "Input tokens of one call.", tags: null, Buckets.Tokens);
        _outputPerOperation = meter.Histogram(
            "gen_ai.client.inference.operation.output_tokens", "{token}", "Output tokens of one call.", tags: null, Buckets.Tokens);
    }

    public bool Enabled => _input.Enabled || _output.Enabled || _cacheRead.Enabled || _cacheWrite.Enabled || _reasoning.Enabled
        || _inputPerOperation.Enabled || _outputPerOperation.Enabled;

    public void Record(ModelOperation operation, TagList tags)
    {
        if (operation is not ChatOperation chat || chat is { IsFetch: true, Usage: null })
        {
            // The profile names these metrics for inference alone.
            return;
        }

        if (chat.IsFetch)
        {
            // They were used by the call that asked, whose own end could not tell how many.
            ReplaceName(ref tags);
        }

        var usage = operation.Usage;
        AddByModality(_input, usage?.Input, usage?.InputText, usage?.InputAudio, tags);
        AddByModality(_output, usage?.Output, usage?.OutputText, usage?.OutputAudio, tags);
        AddUnknown(_cacheRead, usage?.CacheRead ?? 0, tags);
        AddUnknown(_cacheWrite, usage?.CacheWrite ?? 0, tags);
        AddUnknown(_reasoning, usage?.Reasoning ?? 0, tags);
        if (operation.Error is { } error)
        {
            tags.Add(GenAiAttributes.ErrorType, error.Type);
        }

        _inputPerOperation.Record(usage?.Input ?? 0, tags);
        _outputPerOperation.Record(usage?.Output ?? 0, tags);
    }

    private static void ReplaceName(ref TagList tags)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i].Key == GenAiAttributes.OperationName)
            {
                tags[i] = new(GenAiAttributes.OperationName, GenAiOperationNames.Chat);
            }
        }
    }

    private static void AddByModality(Counter<long> counter, long? total, long? text, long? audio, TagList tags)
    {
        var rest = (total ?? 0) - (text ?? 0) - (audio ?? 0);
        Add(counter, text ?? 0, "text", tags);
        Add(counter, audio ?? 0, "audio", tags);
        if (rest > 0 || total is null or 0)
        {
            AddUnknown(counter, Math.Max(rest, 0), tags);
        }
    }

    private static void Add(Counter<long> counter, long count, string modality, TagList tags)
    {
        if (count > 0)
        {
            tags.Add(GenAiAttributes.TokenModality, modality);
            counter.Add(count, tags);
        }
    }

    private static void AddUnknown(Counter<long> counter, long count, TagList tags)
    {
        tags.Add(GenAiAttributes.TokenModality, "unknown");
        counter.Add(count, tags);
    }
}
