using System.Diagnostics;
using FakeModelServer;
using Microsoft.SemanticKernel;
using OpenAI;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>Answers that the provider's filter cut short, of the kernel's own connector, where only interesting traces are kept.</summary>
public sealed class RefusalTests : LibraryTest
{
    [Theory]
    [InlineData(true, CallStyle.Plain, FinishReason.ContentFilter, true)]
    [InlineData(false, CallStyle.Plain, FinishReason.ContentFilter, true)]
    [InlineData(true, CallStyle.Plain, FinishReason.Stop, false)]
    [InlineData(false, CallStyle.Plain, FinishReason.Stop, false)]

    // The kernel does not say why a stream ended.
    [InlineData(true, CallStyle.Streamed, FinishReason.ContentFilter, false)]
    public async Task KeepInteresting_AnswerOfTheConnector_IsKeptWhereItWasRefused(bool isBridged, CallStyle style, FinishReason reason, bool isKept)
    {
        using var root = AgentObservability.Create();

        var kept = await AskAsync(isBridged ? root : null, style, reason, static server => OpenAI.Sdk.Connect(server));

        Assert.Equal(isKept ? [("chat gpt-4o-mini", "refusal")] : [], kept);
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task KeepInteresting_ConnectorOverAnObservedClientOfTheSdk_KeepsRefusals(CallStyle style)
    {
        using var root = AgentObservability.Create();

        var kept = await AskAsync(root, style, FinishReason.ContentFilter, server => OpenAI.Sdk.Connect(server, options => options.UseAgentObservability(root)));

        Assert.Equal([("chat gpt-4o-mini", "refusal")], kept);
    }

    /// <summary>Asks a kernel, and returns the model spans that are kept, and why.</summary>
    private static async Task<IEnumerable<(string Name, object? Reason)>> AskAsync(
        AgentObservability? root, CallStyle style, FinishReason reason, Func<FakeServer, OpenAIClient> connect)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: Token);
        server.Enqueue(Weather.Reply with { FinishReason = reason });
        List<Activity> exported = [];
        var tracing = Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.SemanticKernel.Diagnostics");
        if (root is not null)
        {
            tracing.AddAgentObservability(root);
        }

        using (tracing.AddKeepInteresting(_ => new SimpleActivityExportProcessor(new InMemoryExporter<Activity>(exported)), static options => options.Ratio = 0).Build())
        {
            var builder = Kernel.CreateBuilder();
            builder.AddOpenAIChatCompletion(Weather.Model, connect(server));
            await KernelCalls.AskAsync(builder.Build(), style, Token);
        }

        return exported.Select(static span => (Name: span.OperationName, Reason: span.GetTagItem("aiobs.sampling.reason")))
            .Where(static span => span.Name.StartsWith("chat", StringComparison.Ordinal));
    }
}
