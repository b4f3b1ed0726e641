using Anthropic;
using Anthropic.Core;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Drives the real SDK, which writes spans of its own whenever somebody listens.</summary>
[Collection(KnownSources.Name)]
public sealed class AnthropicSdkTests
{
    private const string SdkSource = "com.anthropic.sdk.csharp";

    private readonly string _source = $"anthropic-{Guid.NewGuid():N}";

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Call_SdkListenedToAsWell_HasOneSpanThatOwnsTokens(bool isExporterFirst, bool isStreaming)
    {
        var (own, theirs) = await ExportAsync(isExporterFirst, isStreaming, DuplicateModelSpans.Demote);

        Assert.Equal(
            ("LLM", 100L, 50L),
            (own.Attributes["openinference.span.kind"], own.Attributes["gen_ai.usage.input_tokens"], own.Attributes["llm.token_count.completion"]));
        Assert.Equal(("CHAIN", "chat"), (theirs.Attributes["openinference.span.kind"], theirs.Attributes["gen_ai.operation.name"]));
        Assert.DoesNotContain(theirs.Attributes.Keys, key => key.StartsWith("gen_ai.usage.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_DuplicatesKept_LeavesTokensOnBoth(bool isStreaming)
    {
        var (own, theirs) = await ExportAsync(isExporterFirst: true, isStreaming, DuplicateModelSpans.Keep);

        Assert.Equal((100L, 100L), (own.Attributes["gen_ai.usage.input_tokens"], theirs.Attributes["gen_ai.usage.input_tokens"]));
        Assert.DoesNotContain("openinference.span.kind", theirs.Attributes);
    }

    private async Task<(ExportedSpan Own, ExportedSpan Theirs)> ExportAsync(bool isExporterFirst, bool isStreaming, DuplicateModelSpans duplicates)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(new ModelReply { Text = ["Sunny."], Usage = new() { InputTokens = 100, OutputTokens = 50 } });
        using var exporter = new CollectingExporter();
        using var provider = Build(exporter, isExporterFirst, duplicates);
        using var client = new AnthropicClient(new ClientOptions { ApiKey = "test-key", BaseUrl = server.BaseAddress.ToString(), MaxRetries = 0 })
            .AsIChatClient("claude-sonnet-4-5")
            .UseAgentObservability(o => o.SourceName = _source);

        await CallAsync(client, isStreaming);

        var own = Assert.Single(exporter.Spans, span => span.Source == _source);
        return (own, Assert.Single(exporter.Spans, span => span.Source == SdkSource && span.Trace == own.Trace));
    }

    private static async Task CallAsync(IChatClient client, bool isStreaming)
    {
        if (isStreaming)
        {
            await client.GetStreamingResponseAsync("Weather?", cancellationToken: TestToken).ToChatResponseAsync(TestToken);
        }
        else
        {
            await client.GetResponseAsync("Weather?", cancellationToken: TestToken);
        }
    }

    private TracerProvider Build(CollectingExporter exporter, bool isExporterFirst, DuplicateModelSpans duplicates)
    {
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(SdkSource);
        var processor = new SimpleActivityExportProcessor(exporter);
        if (isExporterFirst)
        {
            builder.AddProcessor(processor).AddAgentObservability(Configure);
        }
        else
        {
            builder.AddAgentObservability(Configure).AddProcessor(processor);
        }

        return builder.Build();

        void Configure(AgentTracingOptions options)
        {
            options.SourceNames.Add(_source);
            options.DuplicateModelSpans = duplicates;
        }
    }
}
