using Microsoft.Extensions.AI;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

/// <summary>The exporter of the SDK keeps the first 128 attributes of a span.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class AttributeLimitTests : ExporterTest
{
    /// <summary>Each takes two attributes when it is flattened.</summary>
    private const int Messages = 100;

    [Fact]
    public async Task Export_MoreThan128Attributes_KeepsTheValuableOnesAndCountsTheRest()
    {
        await ExportLongConversationAsync();

        var span = OnlySpan();
        Assert.Equal(128, span.Attributes.Count);
        Assert.InRange(span.DroppedAttributes, (2 * Messages) - 128, 2 * Messages);
        Assert.Equal(
            ("LLM", "chat", "stub-model", "stub-model-1", 7L, 3L),
            (span.Attributes["openinference.span.kind"],
                span.Attributes["gen_ai.operation.name"],
                span.Attributes["gen_ai.request.model"],
                span.Attributes["llm.model_name"],
                span.Attributes["gen_ai.usage.input_tokens"],
                span.Attributes["llm.token_count.completion"]));
        Assert.EndsWith("\"content\":\"Hello.\"}],\"finish_reason\":\"stop\"}]", (string)span.Attributes["gen_ai.output.messages"]!, StringComparison.Ordinal);
        Assert.Contains($"question {Messages - 1}", (string)span.Attributes["gen_ai.input.messages"]!, StringComparison.Ordinal);
        Assert.Contains($"question {Messages - 1}", (string)span.Attributes["input.value"]!, StringComparison.Ordinal);
        Assert.Equal("Hello.", span.Attributes["llm.output_messages.0.message.content"]);
    }

    [Fact]
    public async Task Export_HigherLimitInTheEnvironment_LosesNothing()
    {
        using var environment = new EnvironmentScope(("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "1000"));

        await ExportLongConversationAsync();

        var span = OnlySpan();
        Assert.Equal(0, span.DroppedAttributes);
        Assert.Equal($"question {Messages - 1}", span.Attributes[$"llm.input_messages.{Messages - 1}.message.content"]);
    }

    private async Task ExportLongConversationAsync()
    {
        using var stub = ObservedCall.CreateStub();
        using var client = stub.UseAgentObservability(o => (o.SourceName, o.CaptureContent) = (Source, ContentCapture.Spans));

        await ExportAsync(
            CreateBuilder().AddPhoenixExporter(options => options.Endpoint = Receiver.Endpoint),
            () => client.GetResponseAsync(
                [.. Enumerable.Range(0, Messages).Select(i => new ChatMessage(ChatRole.User, $"question {i}"))], cancellationToken: TestToken));
    }
}
