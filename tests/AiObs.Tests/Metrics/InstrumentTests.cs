using System.Diagnostics.Metrics;
using System.Globalization;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Metrics;

public sealed class InstrumentTests
{
    private const string CallSeconds = "0.01 0.02 0.04 0.08 0.16 0.32 0.64 1.28 2.56 5.12 10.24 20.48 40.96 81.92";
    private const string AgentSeconds = "0.1 0.2 0.4 0.8 1.6 3.2 6.4 12.8 25.6 51.2 102.4 204.8 409.6";
    private const string WorkflowSeconds = "1 5 10 30 60 120 300 600 1800 3600 7200";
    private const string Tokens = "1 4 16 64 256 1024 4096 16384 65536 262144 1048576 4194304 16777216 67108864";
    private const string Calls = "1 2 4 8 16 32 64 128";

    private const string Scores = "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 2 3 4 5 10 100";

    private const string OfBothProfiles = $"""
        aiobs.cost: Counter {"{USD}"}, What model calls cost.
        aiobs.cost.cached: Counter {"{call}"}, Model calls that a cache answered with what was paid for before.
        aiobs.cost.unpriced: Counter {"{call}"}, Model calls whose cost is not known.
        aiobs.drops: Counter {"{drop}"}, Pieces of telemetry that were left out because a limit was reached.
        aiobs.faults: Counter {"{fault}"}, Exceptions that were caught while observing; each cost telemetry, never a call.
        aiobs.feedback: Counter {"{feedback}"}, Judgements of answers that were told.
        aiobs.feedback.score: Histogram 1, Scores of the judgements that have one. [{Scores}]
        gen_ai.client.operation.duration: Histogram s, Duration of a call of a model. [{CallSeconds}]
        gen_ai.execute_tool.duration: Histogram s, Duration of a tool execution. [{CallSeconds}]
        gen_ai.invoke_agent.duration: Histogram s, Duration of an agent run. [{AgentSeconds}]
        gen_ai.invoke_agent.inference_calls: Histogram {"{inference_call}"}, Model calls of an agent run, those of nested agents excluded. [{Calls}]
        gen_ai.invoke_agent.tool_calls: Histogram {"{tool_call}"}, Tool calls of an agent run, those of nested agents excluded. [{Calls}]
        """;

    private const string OfV141 = $"""
        gen_ai.client.operation.time_per_output_chunk: Histogram s, Time that each further update of a stream took. [{CallSeconds}]
        gen_ai.client.operation.time_to_first_chunk: Histogram s, Time from the request to the first update of a stream. [{CallSeconds}]
        gen_ai.client.token.usage: Histogram {"{token}"}, Input and output tokens used. [{Tokens}]
        """;

    private const string OfLatest = $"""
        gen_ai.client.inference.duration: Histogram s, Duration of an inference call. [{CallSeconds}]
        gen_ai.client.inference.operation.input_tokens: Histogram {"{token}"}, Input tokens of one call. [{Tokens}]
        gen_ai.client.inference.operation.output_tokens: Histogram {"{token}"}, Output tokens of one call. [{Tokens}]
        gen_ai.client.inference.time_per_output_chunk: Histogram s, Time that each further update of a stream took. [{CallSeconds}]
        gen_ai.client.inference.time_to_first_chunk: Histogram s, Time from the request to the first update of a stream. [{CallSeconds}]
        gen_ai.client.inference.usage.cache_read.input_tokens: Counter {"{token}"}, Input tokens read from a cache.
        gen_ai.client.inference.usage.cache_write.input_tokens: Counter {"{token}"}, Input tokens written to a cache.
        gen_ai.client.inference.usage.input_tokens: Counter {"{token}"}, Input tokens used, cached ones included.
        gen_ai.client.inference.usage.output_tokens: Counter {"{token}"}, Output tokens used, reasoning included.
        gen_ai.client.inference.usage.reasoning.output_tokens: Counter {"{token}"}, Output tokens spent on reasoning.
        gen_ai.invoke_workflow.duration: Histogram s, Duration of a workflow. [{WorkflowSeconds}]
        """;

    [Theory]
    [InlineData(GenAIProfile.V1_41, OfV141)]
    [InlineData(GenAIProfile.Latest, OfLatest)]
    public void Meter_OfAProfile_HasExactlyItsInstruments(GenAIProfile profile, string expected)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);

        var actual = root.Metrics.Instruments.Select(Describe).Order(StringComparer.Ordinal);

        Assert.Equal($"{OfBothProfiles}\n{expected}".Split('\n').Order(StringComparer.Ordinal), actual);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41, "https://opentelemetry.io/schemas/1.41.0")]
    [InlineData(GenAIProfile.Latest, "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev")]
    public void Meter_OfAProfile_CarriesVersionAndSchema(GenAIProfile profile, string schemaUrl)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);

        var meter = Assert.Single(root.Metrics.Instruments.Select(instrument => instrument.Meter).Distinct());

        Assert.Equal(root.Root.Pipeline.Source.Version, meter.Version);
        Assert.Equal(schemaUrl, meter.TelemetrySchemaUrl);
    }

    [Fact]
    public async Task Meter_ClientWithOptionsOfItsOwn_SharesTheInstruments()
    {
        using var root = new ObservedRoot();
        var before = root.Metrics.Instruments.Count;
        using var stub = new StubChatClient();
        using var client = stub.UseAgentObservability(root.Root, o => o.CaptureContent = ContentCapture.Spans);

        await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(before, root.Metrics.Instruments.Count);
        root.Metrics.Only("gen_ai.client.operation.duration");
    }

    [Fact]
    public async Task Meter_TwoRootsOfOneName_EachCallIsMeasuredOnce()
    {
        using var root = new ObservedRoot();
        using var stub = new StubChatClient();
        var other = AgentObservability.Create(builder => builder.Configure(o => o.SourceName = root.Source));
        using var otherClient = stub.UseAgentObservability(other);

        await root.AskAsync(stub);
        await otherClient.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, root.Metrics.Of("gen_ai.client.operation.duration").Count);

        other.Dispose();
        await root.AskAsync(stub);
        Assert.Equal(3, root.Metrics.Of("gen_ai.client.operation.duration").Count);
    }

    private static string Describe(Instrument instrument)
    {
        var boundaries = instrument switch
        {
            Histogram<double> histogram => Join(histogram.Advice!.HistogramBucketBoundaries!),
            Histogram<long> histogram => Join(histogram.Advice!.HistogramBucketBoundaries!),
            _ => "",
        };
        return $"{instrument.Name}: {instrument.GetType().Name.Split('`')[0]} {instrument.Unit}, {instrument.Description}{boundaries}";
    }

    private static string Join<T>(IEnumerable<T> boundaries)
        where T : IFormattable =>
        $" [{string.Join(' ', boundaries.Select(boundary => boundary.ToString(null, CultureInfo.InvariantCulture)))}]";
}
