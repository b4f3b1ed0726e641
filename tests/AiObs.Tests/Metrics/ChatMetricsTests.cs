using System.Diagnostics.Metrics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Metrics;

public sealed class ChatMetricsTests
{
    private static Dictionary<string, object?> Tags => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "stub",
        ["gen_ai.request.model"] = "stub-model",
        ["gen_ai.response.model"] = "stub-model-1",
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
    };

    [Fact]
    public async Task GetResponseAsync_V141_MeasuresDurationAndTokens()
    {
        using var root = new ObservedRoot();
        using var stub = Answering(root, new() { InputTokenCount = 7, OutputTokenCount = 3 });

        await root.AskAsync(stub);

        Assert.Equal(
            ["gen_ai.client.token.usage", "gen_ai.client.token.usage", "gen_ai.client.operation.duration"],
            root.Metrics.Measurements.Select(measurement => measurement.Name));
        Check(root.Metrics.Measurements[0], 7L, ("gen_ai.token.type", "input"));
        Check(root.Metrics.Measurements[1], 3L, ("gen_ai.token.type", "output"));
        Check(root.Metrics.Measurements[2], 1.5);
    }

    [Fact]
    public async Task GetResponseAsync_V141WithoutUsage_MeasuresNoTokens()
    {
        using var root = new ObservedRoot();
        using var stub = Answering(root, usage: null);

        await root.AskAsync(stub);

        Check(Assert.Single(root.Metrics.Measurements), 1.5);
    }

    [Fact]
    public async Task GetResponseAsync_V141InputCountAlone_MeasuresThatOne()
    {
        using var root = new ObservedRoot();
        using var stub = Answering(root, new() { InputTokenCount = 7 });

        await root.AskAsync(stub);

        Check(root.Metrics.Only("gen_ai.client.token.usage"), 7L, ("gen_ai.token.type", "input"));
    }

    [Fact]
    public async Task GetResponseAsync_Latest_MeasuresTokensByModality()
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = GenAIProfile.Latest);
        using var stub = Answering(root, new()
        {
            InputTokenCount = 30,
            InputTextTokenCount = 20,
            InputAudioTokenCount = 6,
            OutputTokenCount = 8,
            CachedInputTokenCount = 10,
            ReasoningTokenCount = 2,
            AdditionalCounts = new() { ["CacheWriteTokens"] = 5 },
        });

        await root.AskAsync(stub);

        var input = root.Metrics.Of("gen_ai.client.inference.usage.input_tokens");
        Assert.Equal(3, input.Count);
        Check(input[0], 20L, ("gen_ai.token.modality", "text"));
        Check(input[1], 6L, ("gen_ai.token.modality", "audio"));
        Check(input[2], 4L, ("gen_ai.token.modality", "unknown"));
        Check(root.Metrics.Only("gen_ai.client.inference.usage.output_tokens"), 8L, ("gen_ai.token.modality", "unknown"));
        Check(root.Metrics.Only("gen_ai.client.inference.usage.cache_read.input_tokens"), 10L, ("gen_ai.token.modality", "unknown"));
        Check(root.Metrics.Only("gen_ai.client.inference.usage.cache_write.input_tokens"), 5L, ("gen_ai.token.modality", "unknown"));
        Check(root.Metrics.Only("gen_ai.client.inference.usage.reasoning.output_tokens"), 2L, ("gen_ai.token.modality", "unknown"));
        Check(root.Metrics.Only("gen_ai.client.inference.operation.input_tokens"), 30L);
        Check(root.Metrics.Only("gen_ai.client.inference.operation.output_tokens"), 8L);
        Check(root.Metrics.Only("gen_ai.client.inference.duration"), 1.5);
        Assert.Equal(10, root.Metrics.Measurements.Count);
    }

    [Fact]
    public async Task GetResponseAsync_LatestWithoutUsage_AddsNothingToEachCounter()
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = GenAIProfile.Latest);
        using var stub = Answering(root, usage: null);

        await root.AskAsync(stub);

        var counters = root.Metrics.Measurements.Where(measurement => measurement.Name.Contains(".usage.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, counters.Length);
        Assert.All(counters, counter => Check(counter, 0L, ("gen_ai.token.modality", "unknown")));
        Check(root.Metrics.Only("gen_ai.client.inference.operation.input_tokens"), 0L);
        Check(root.Metrics.Only("gen_ai.client.inference.operation.output_tokens"), 0L);
    }

    [Fact]
    public async Task GetResponseAsync_V141Fails_TagsTheDurationWithTheError()
    {
        using var root = new ObservedRoot();
        using var stub = Failing(root);

        await Assert.ThrowsAsync<TimeoutException>(() => root.AskAsync(stub));

        var tags = Tags;
        tags.Remove("gen_ai.response.model");
        tags["error.type"] = "System.TimeoutException";
        var measurement = Assert.Single(root.Metrics.Measurements);
        Assert.Equal("gen_ai.client.operation.duration", measurement.Name);
        Assert.Equal(1.5, measurement.Value);
        SpanAssert.Attributes(tags, measurement.Tags);
    }

    [Fact]
    public async Task GetResponseAsync_LatestFails_TagsDurationAndTokensPerCallWithTheError()
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = GenAIProfile.Latest);
        using var stub = Failing(root);

        await Assert.ThrowsAsync<TimeoutException>(() => root.AskAsync(stub));

        Assert.Equal(
            [
                "gen_ai.client.inference.operation.input_tokens",
                "gen_ai.client.inference.operation.output_tokens",
                "gen_ai.client.inference.duration",
            ],
            root.Metrics.Measurements.Where(measurement => measurement.Tags.ContainsKey("error.type")).Select(measurement => measurement.Name));
    }

    [Fact]
    public async Task GetResponseAsync_ManyMetadataKeys_AllStandOnEveryMeasurement()
    {
        var keys = Enumerable.Range(0, 12).Select(i => $"key{i}").ToArray();
        using var root = new ObservedRoot(o =>
        {
            foreach (var key in keys)
            {
                o.MetricMetadataKeys.Add(key);
            }
        });
        using var stub = Answering(root, new() { InputTokenCount = 7, OutputTokenCount = 3 });

        using (AgentContext.Begin(metadata: keys.Select(key => KeyValuePair.Create(key, (object?)key))))
        {
            await root.AskAsync(stub);
        }

        var metadata = keys.Select(key => (key, (object?)key)).ToArray();
        Check(root.Metrics.Measurements[0], 7L, [.. metadata, ("gen_ai.token.type", "input")]);
        Check(root.Metrics.Measurements[1], 3L, [.. metadata, ("gen_ai.token.type", "output")]);
        Check(root.Metrics.Measurements[2], 1.5, metadata);
    }

    [Fact]
    public async Task GetResponseAsync_OneInstrumentListenedTo_NothingElseIsRecorded()
    {
        var source = $"metrics-{Guid.NewGuid():N}";
        var recorded = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == source && instrument.Name == "gen_ai.client.token.usage")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => recorded.Add($"{instrument.Name} {value}"));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => recorded.Add(instrument.Name));
        listener.Start();
        using var stub = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello.")) { Usage = new() { InputTokenCount = 7 } });
        using var client = stub.UseAgentObservability(o => o.SourceName = source);

        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["gen_ai.client.token.usage 7"], recorded);
    }

    private static StubChatClient Answering(ObservedRoot root, UsageDetails? usage) => new()
    {
        OnResponse = _ =>
        {
            root.Clock.Advance(TimeSpan.FromSeconds(1.5));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")) { ModelId = "stub-model-1", Usage = usage });
        },
    };

    private static StubChatClient Failing(ObservedRoot root) => new()
    {
        OnResponse = _ =>
        {
            root.Clock.Advance(TimeSpan.FromSeconds(1.5));
            throw new TimeoutException();
        },
    };

    private static void Check(CollectedMeasurement measurement, object value, params (string Key, object? Value)[] more)
    {
        var tags = Tags;
        foreach (var (key, tag) in more)
        {
            tags[key] = tag;
        }

        Assert.Equal(value, measurement.Value);
        SpanAssert.Attributes(tags, measurement.Tags, measurement.Name);
    }
}
