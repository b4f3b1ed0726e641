using System.Diagnostics;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Whatever stands on a span of somebody else's, the application and the exporter go on.</summary>
[Collection(KnownSources.Name)]
public sealed class OddTagsTests
{
    private const string Source = "Microsoft.SemanticKernel.Diagnostics";

    private static readonly string[] Keys =
    [
        "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.system", "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.request.top_p",
        "gen_ai.request.top_k", "gen_ai.request.max_tokens", "gen_ai.request.frequency_penalty", "gen_ai.request.presence_penalty",
        "gen_ai.request.seed", "gen_ai.request.stop_sequences", "gen_ai.request.stream", "gen_ai.output.type", "gen_ai.request.reasoning.effort",
        "gen_ai.response.id", "gen_ai.response.model", "gen_ai.response.finish_reasons", "gen_ai.response.finish_reason",
        "gen_ai.response.time_to_first_chunk", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens",
        "gen_ai.usage.cache_write.input_tokens", "gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.prompt_tokens", "server.address", "server.port",
        "error.type", "gen_ai.conversation.id", "gen_ai.thread.id", "gen_ai.agent.name", "gen_ai.agent.id", "gen_ai.tool.name", "gen_ai.tool.call.id",
        "gen_ai.tool.type", "gen_ai.tool.description", "gen_ai.embeddings.dimension.count", "gen_ai.data_source.id", "gen_ai.retrieval.top_k",
        "mcp.method.name", "executor.id", "workflow.name", "openai.response.service_tier", "gen_ai.input.messages", "gen_ai.output.messages",
    ];

    public static TheoryData<object?> OddValues =>
    [
        null!, "", " ", "x", "[", "[]", "[1]", "[null]", "{}", "\"", "12", "-1", "1e400", "99999999999999999999999", "NaN", true, (byte)1, -1, int.MaxValue, long.MinValue,
        long.MaxValue, ulong.MaxValue, double.NaN, double.PositiveInfinity, double.MaxValue, float.MaxValue, decimal.MaxValue, 1.5, 'c', DayOfWeek.Friday,
        new string('x', 100_000), "http://", "://", "https://[", Array.Empty<string>(), (string?[])[null], (object?[])["a", null, 1], (int[])[1, 2], new object(),
        new Dictionary<string, object>(), new ThrowingValue(),
    ];

    [Theory]
    [MemberData(nameof(OddValues), DisableDiscoveryEnumeration = true)]
    public void Stopped_OddValueUnderEveryKey_IsExportedAndBreaksNothing(object? value)
    {
        using var scene = new BridgeScene(root => root.AddCostTracking());
        using var faults = new MetricCollector(scene.OwnName);
        foreach (var operation in (string[])["chat", "embeddings", "execute_tool", "invoke_agent", "retrieval", "create_thread"])
        {
            using (var span = scene.Start(Source, operation, ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", operation)))
            {
                foreach (var key in Keys[1..])
                {
                    span.SetTag(key, value);
                }
            }

            Assert.NotEmpty(scene.Exporter.Only(operation).Attributes["openinference.span.kind"]!.ToString()!);
        }

        scene.Start(Source, "odd", ActivityKind.Client, new KeyValuePair<string, object?>("gen_ai.operation.name", value)).Dispose();
        Assert.Empty(faults.Of("aiobs.faults"));
        Assert.Equal(7, scene.Exporter.Spans.Count);
    }

    [Theory]
    [InlineData("12", 12L)]
    [InlineData(12, 12L)]
    [InlineData(12.0, 12L)]
    [InlineData((short)12, 12L)]
    [InlineData(12.5, null)]
    [InlineData("12.5", null)]
    [InlineData("many", null)]
    [InlineData(-3, null)]
    [InlineData("99999999999999999999", null)]
    public void Usage_InEachType_IsReadOrUnknown(object value, long? expected)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(
            Source, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("gen_ai.usage.input_tokens", value));

        Assert.Equal(expected, (long?)span.Attributes.GetValueOrDefault("llm.token_count.prompt"));
        Assert.Equal(expected ?? value, span.Attributes["gen_ai.usage.input_tokens"]);
    }

    [Theory]
    [InlineData("https://api.openai.com", "api.openai.com", 443L)]
    [InlineData("http://localhost:8080/v1", "localhost", 8080L)]
    [InlineData("api.openai.com", "api.openai.com", null)]
    public void ServerAddress_InEachForm_IsAHost(string written, string host, long? port)
    {
        using var scene = new BridgeScene();

        var span = scene.Emit(Source, "chat m", ActivityKind.Client, new("gen_ai.operation.name", "chat"), new("server.address", written));

        Assert.Equal((host, port), (span.Attributes["server.address"], (long?)span.Attributes.GetValueOrDefault("server.port")));
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("invoke_agent")]
    public void HiddenParameters_OfAnyCall_AreTakenOffItsSpan(string operation)
    {
        using var scene = new BridgeScene(root => root.Configure(options => options.Privacy.HideLlmInvocationParameters = true));

        var span = scene.Emit(
            Source, operation, ActivityKind.Client, new("gen_ai.operation.name", operation), new("gen_ai.request.temperature", 0.5));

        Assert.DoesNotContain("gen_ai.request.temperature", span.Attributes);
        Assert.DoesNotContain("llm.invocation_parameters", span.Attributes);
    }

    private sealed class ThrowingValue
    {
        public override string ToString() => throw new InvalidOperationException("never ask");
    }
}
