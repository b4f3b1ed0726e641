using System.Diagnostics;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.MicrosoftExtensionsAI;

/// <summary>Spans that others open around or inside of an observed client: the library's own tracer, and that of an application.</summary>
public sealed class ForeignSpanTests : LibraryTest
{
    private const string OtherSource = "Other.Application";

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task UseOpenTelemetry_Outside_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        using var client = Weather.Scripted(Weather.Says).AsBuilder()
            .UseOpenTelemetry(configure: traced => traced.EnableSensitiveData = content != ContentMode.Off)
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"OpenTelemetryOutside.{style}.{content}");
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task UseOpenTelemetry_Inside_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        using var client = Weather.Scripted(Weather.Says).AsBuilder()
            .UseAgentObservability(run.Root)
            .UseOpenTelemetry(configure: traced => traced.EnableSensitiveData = content != ContentMode.Off)
            .Build();

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"OpenTelemetryInside.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task UseOpenTelemetry_AroundALoopInAnAgent_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        using var agent = Weather.Scripted().AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseFunctionInvocation()
            .UseOpenTelemetry(configure: traced => traced.EnableSensitiveData = true)
            .Build();

        await run.RecordAsync(() => AskAsync(agent, style, new() { Tools = [Weather.Tool] }));

        await run.ApproveAsync($"OpenTelemetryInAnAgent.{style}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task UseOpenTelemetry_ModelFails_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        using var client = StubChatClient.Throwing(new InvalidOperationException("No model in Paris.")).AsBuilder()
            .UseOpenTelemetry()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => AskAsync(client, style));

        await run.ApproveAsync($"OpenTelemetryOutside.Fails.{style}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task TwoCalls_InsideOfOneForeignChatSpan_AreAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(new LibraryRunOptions { Content = ContentMode.Off, FurtherSources = [OtherSource] });
        using var source = new ActivitySource(OtherSource);
        using var client = Weather.Scripted().UseAgentObservability(run.Root);

        await run.RecordAsync(async () =>
        {
            using var span = source.StartActivity($"chat {Weather.Model}", ActivityKind.Client);
            span!.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.request.model", Weather.Model);
            await AskAsync(client, style);
            await AskAsync(client, style);
        });

        await run.ApproveAsync($"ForeignChatSpan.{style}");
    }
}
